-- Trade with partner accounts, as far as the integration knows it. Texts that are not there are '', numbers NULL; decimals
-- are texts without needless zeros, times are Unix seconds.

-- Filled by `list`: the integrations of Base Connect, own and joined ones, and who takes part in them.
CREATE TABLE IF NOT EXISTS integrations (integration_id INTEGER PRIMARY KEY, name TEXT NOT NULL, own INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS contractors (
    contractor_id INTEGER PRIMARY KEY, integration_id INTEGER NOT NULL, name TEXT NOT NULL
) STRICT;

-- Filled by `forward`: orders that the supplier has, its last status there, and the status that the own order got for it.
CREATE TABLE IF NOT EXISTS forwarded (
    order_id INTEGER PRIMARY KEY,
    supplier_order_id INTEGER NOT NULL UNIQUE,
    supplier_status INTEGER,
    set_status INTEGER
) STRICT;

-- Shipments of the supplier; `package_id` once they are in the own account, where they go when they have their number.
CREATE TABLE IF NOT EXISTS packages (
    supplier_package_id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL,
    courier_code TEXT NOT NULL,
    number TEXT NOT NULL,
    shipped_at INTEGER NOT NULL,
    package_id INTEGER
) STRICT;

-- Filled by `share`: products of the supplier in the own catalog, and what it was told of them last.
CREATE TABLE IF NOT EXISTS shared (sku TEXT PRIMARY KEY, product_id INTEGER NOT NULL, sent TEXT NOT NULL) STRICT;

-- Written by the accounting: the limit that a contractor shall have. What BaseLinker was told last is `sent`.
CREATE TABLE IF NOT EXISTS limits (
    contractor_id INTEGER PRIMARY KEY, amount TEXT NOT NULL, message TEXT NOT NULL, sent TEXT NOT NULL DEFAULT ''
) STRICT;

-- Written by the accounting: repayments, each with a reference that no other has. `entry_id` once they are booked.
CREATE TABLE IF NOT EXISTS settlements (
    reference TEXT PRIMARY KEY,
    contractor_id INTEGER NOT NULL,
    amount TEXT NOT NULL,
    order_id INTEGER,
    entry_id INTEGER UNIQUE
) STRICT;

-- Filled by `credit`: charges and payments of all contractors.
CREATE TABLE IF NOT EXISTS credit_history (
    entry_id INTEGER PRIMARY KEY,
    contractor_id INTEGER NOT NULL,
    date INTEGER,
    kind TEXT NOT NULL,
    description TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount TEXT,
    accepted INTEGER NOT NULL
) STRICT;
