-- The shop, as far as the integration knows it. Texts that are not there are '', numbers NULL; decimals are texts without
-- needless zeros, times are Unix seconds. Columns below a line `-- BaseLinker` are written by the program only.

CREATE TABLE IF NOT EXISTS products (
    sku TEXT PRIMARY KEY,
    parent_sku TEXT NOT NULL DEFAULT '',    -- of the main product, where this is a variant
    ean TEXT NOT NULL DEFAULT '',
    tax_rate TEXT,                          -- percent
    weight TEXT,                            -- kg
    track_stock INTEGER NOT NULL DEFAULT 1, -- 0 where the shop does not count pieces
    stock INTEGER NOT NULL DEFAULT 0,
    -- BaseLinker
    product_id INTEGER,
    sent_data TEXT NOT NULL DEFAULT '',     -- what it was told last
    sent_prices TEXT NOT NULL DEFAULT '',
    sent_stock INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS texts (
    sku TEXT, language TEXT, name TEXT NOT NULL, description TEXT NOT NULL DEFAULT '', PRIMARY KEY (sku, language)
) STRICT;

CREATE TABLE IF NOT EXISTS prices (sku TEXT, currency TEXT, price TEXT NOT NULL, PRIMARY KEY (sku, currency)) STRICT;

CREATE TABLE IF NOT EXISTS orders (
    number TEXT PRIMARY KEY,
    date INTEGER NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    company TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    post_code TEXT NOT NULL DEFAULT '',
    city TEXT NOT NULL DEFAULT '',
    country_code TEXT NOT NULL DEFAULT '',
    vat_number TEXT NOT NULL DEFAULT '',
    comment TEXT NOT NULL DEFAULT '',
    delivery_method TEXT NOT NULL DEFAULT '',
    delivery_price TEXT NOT NULL DEFAULT '0',
    payment_method TEXT NOT NULL DEFAULT '',
    paid TEXT NOT NULL DEFAULT '0',
    paid_at INTEGER,
    -- BaseLinker
    order_id INTEGER UNIQUE,
    synced_status TEXT NOT NULL DEFAULT '', -- the status on which both sides agreed last
    synced_paid TEXT NOT NULL DEFAULT '0'
) STRICT;

CREATE TABLE IF NOT EXISTS lines (
    number TEXT, line INTEGER, sku TEXT NOT NULL, name TEXT NOT NULL, price TEXT NOT NULL, tax_rate TEXT,
    quantity INTEGER NOT NULL, PRIMARY KEY (number, line)
) STRICT;
