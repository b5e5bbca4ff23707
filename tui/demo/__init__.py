"""Demo scripts: one readable file, played live, checked without a person, recorded byte for byte."""
