"""The sources: facts about each newspaper, one YAML file a source, and the checks that keep them right."""
