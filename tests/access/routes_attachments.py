"""The matrix lines of attachments. Each story is made when it is asked for, and undone with the request."""
