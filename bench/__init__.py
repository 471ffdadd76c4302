"""Measuring the portal: each line a ratio of ours to a baseline in the same run. Imported by none of the apps."""
