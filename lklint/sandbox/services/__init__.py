"""The methods of the API: each takes the store and a request, and gives the answer.

A method raises `Refusal` for what the server refuses, with the server's words.
"""
