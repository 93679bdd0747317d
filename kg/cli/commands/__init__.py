"""The commands, a module for those that belong together. A command imports its stages when called."""
