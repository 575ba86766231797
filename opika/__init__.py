"""The pipeline: configuration, the main job, the service and the command line."""
