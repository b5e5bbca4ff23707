"""The demo nation: invented organizations, clinicians, accounts and business dates (portal-flow 13, 14).

Data and closed forms only; the store turns personas into rows. Start at `nation` for look-ups, at `personas`
for the accounts, at `identifiers` for TINs, NPIs and ids.
"""
