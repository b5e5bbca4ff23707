"""A report as a PDF document for printing and for reading on paper.

`document` is the way in. fpdf2 makes the file (fonts, pages, outline, compression, metadata); what stands on
a page is laid out here, because a report of a thousand professionals is half a million cells and must be done
in seconds: every distinct text is measured, wrapped and escaped once, a table's widths and headings once per
id.
"""
