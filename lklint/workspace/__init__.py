"""The workspace: documents that belong together, because they go to one server.

`gathering` takes resources out of documents and sorts them into an `Environment` for each server;
`references` says which trunk a rule means; `folders` decides which files belong together; `filling`
puts values in the place of `"${NAME}"` before calls are sent through.
"""
