# De schrijver van pdf.

pdf-error-write = Het pdf-bestand kan niet geschreven worden: { $detail }
pdf-error-font = Een lettertype kan niet in het pdf-bestand: { $detail }
pdf-error-picture = Een beeld kan niet in het pdf-bestand: { $detail }
