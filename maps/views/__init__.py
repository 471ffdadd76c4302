"""Pages and files of the plan, by subject: text and layers, *here*, files."""
