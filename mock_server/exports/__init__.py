"""Reports as files: comma separated tables, Excel workbook, PDF document, JSON document (portal-flow 5.6)."""
