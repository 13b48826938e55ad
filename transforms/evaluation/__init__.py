"""How well a reader, a backend or a version reads: labelled texts in; figures, a table and a chart out."""
