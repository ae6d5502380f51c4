"""Connects a warehouse system: products become articles, stock goes back, new orders go to the warehouse, and what was packed there is
shipped. Made to run every 15 minutes, and to be killed at any moment.
"""
