-- The marketing system, as far as the integration knows it. Texts that are not there are '', decimals are texts without
-- needless zeros, times are Unix seconds.

-- A buyer, as the latest of their orders has them. E-mail addresses are in lower case.
CREATE TABLE IF NOT EXISTS contacts (
    email TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    post_code TEXT NOT NULL,
    city TEXT NOT NULL,
    country_code TEXT NOT NULL
) STRICT;

-- Where a buyer bought: BASELINKER_ALLEGRO and the like.
CREATE TABLE IF NOT EXISTS contact_tags (email TEXT, tag TEXT, PRIMARY KEY (email, tag)) STRICT;

-- A purchase: one for each order, under the number of the first event of the journal that told of it.
CREATE TABLE IF NOT EXISTS events (
    log_id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL,                 -- PURCHASE
    email TEXT NOT NULL,                -- '' when no e-mail address was found
    phone TEXT NOT NULL,
    date INTEGER,                       -- when it was confirmed, or else created
    value TEXT NOT NULL,                -- price of the products, delivery not included
    currency TEXT NOT NULL,
    products TEXT NOT NULL,             -- SKUs, or numbers where there is none, separated by commas
    source TEXT NOT NULL                -- type of the order source
) STRICT;
