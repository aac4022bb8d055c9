# The writer of PDF.

pdf-error-write = The PDF file cannot be written: { $detail }
pdf-error-font = A font cannot be put into the PDF file: { $detail }
pdf-error-picture = A picture cannot be put into the PDF file: { $detail }
