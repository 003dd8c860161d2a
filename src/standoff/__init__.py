"""standoff: a workbench for deterrence systems."""
