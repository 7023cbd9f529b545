"""The verbs: what a coordinator does, one function a verb, first argument the session."""
