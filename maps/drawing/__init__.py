"""The plan's map as a drawing: SVG made on the server from the same geometry and styles as the interactive map."""
