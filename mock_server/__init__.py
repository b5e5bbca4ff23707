"""The bundled mock portal: workflow, access, scoring and reports behind HTTP."""
