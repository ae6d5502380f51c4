-- The warehouse system, as far as the integration knows it. Texts that are not there are '', numbers NULL; decimals are
-- texts without needless zeros, times are Unix seconds.

-- Filled from the catalog: a product or a variant each.
CREATE TABLE IF NOT EXISTS articles (
    product_code INTEGER PRIMARY KEY,   -- number of the variant, or of the product
    article_number TEXT NOT NULL,       -- SKU
    name TEXT NOT NULL,
    barcode TEXT NOT NULL,              -- EAN
    weight TEXT,                        -- kg
    height TEXT,                        -- cm
    width TEXT,                         -- cm
    length TEXT,                        -- cm
    description TEXT NOT NULL,
    listed INTEGER NOT NULL             -- 0 once it is gone from the catalog
) STRICT;

-- Written by the warehouse: `quantity`. What BaseLinker was told last is `pushed`, and what it said to that `warning`.
CREATE TABLE IF NOT EXISTS stock (
    product_code INTEGER PRIMARY KEY,
    quantity INTEGER NOT NULL,
    pushed INTEGER,
    warning TEXT NOT NULL DEFAULT ''
) STRICT;

-- Filled from orders. The warehouse sets `packed` once an order is picked and packed.
CREATE TABLE IF NOT EXISTS orders (
    order_id INTEGER PRIMARY KEY,
    order_number TEXT NOT NULL,
    marketplace_number TEXT NOT NULL,
    delivery_date INTEGER,
    remark TEXT NOT NULL,
    service_point TEXT NOT NULL,
    customer_number TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    customer_company TEXT NOT NULL,
    customer_address TEXT NOT NULL,
    customer_post_code TEXT NOT NULL,
    customer_city TEXT NOT NULL,
    customer_country_code TEXT NOT NULL,
    customer_state TEXT NOT NULL,
    email TEXT NOT NULL,
    mobile TEXT NOT NULL,
    telephone TEXT NOT NULL,
    vat_number TEXT NOT NULL,
    invoice_name TEXT NOT NULL,
    invoice_company TEXT NOT NULL,
    invoice_address TEXT NOT NULL,
    invoice_post_code TEXT NOT NULL,
    invoice_city TEXT NOT NULL,
    invoice_country_code TEXT NOT NULL,
    invoice_state TEXT NOT NULL,
    currency TEXT NOT NULL,
    packed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE IF NOT EXISTS order_lines (
    external_line_code INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES orders,
    article_number TEXT NOT NULL,
    product_code TEXT NOT NULL,
    items INTEGER,
    line_price TEXT,
    customs_value TEXT
) STRICT;

-- Orders that are not in a chosen status yet. Those to `look` at have changed since.
CREATE TABLE IF NOT EXISTS waiting (order_id INTEGER PRIMARY KEY, look INTEGER NOT NULL) STRICT;

-- Written by the warehouse when it packs: the parcels of an order, in kg and cm.
CREATE TABLE IF NOT EXISTS parcels (
    order_id INTEGER,
    parcel INTEGER,
    weight TEXT NOT NULL,
    length TEXT,
    width TEXT,
    height TEXT,
    PRIMARY KEY (order_id, parcel)
) STRICT;

-- What was ordered at the courier. The label is a file in the folder for labels.
CREATE TABLE IF NOT EXISTS shipments (
    order_id INTEGER PRIMARY KEY,
    package_id INTEGER NOT NULL,
    courier_code TEXT NOT NULL,
    tracking_number TEXT NOT NULL,
    label_file TEXT NOT NULL DEFAULT ''
) STRICT;
