"""Trade with partner accounts: lists Base Connect, forwards orders to a supplier and brings shipments and statuses back, takes the
supplier's catalog over, and keeps the trade credit of contractors.
"""
