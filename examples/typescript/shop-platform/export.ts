/**
 * The shop's products go to the catalog: new ones are created once, of the others only what changed is sent, prices and stock
 * in bulk.
 */

import {
  addInventoryProduct,
  type AddInventoryProductParams,
  getInventoryProductsList,
  type ProductId,
  updateInventoryProductsPrices,
  updateInventoryProductsStock,
} from "baselinker-client";

import { chunks, listProducts } from "../src/catalog.js";
import { again, once } from "../src/once.js";
import type { Args, ShopSession } from "./args.js";
import { type Catalog, readCatalog } from "./catalog.js";
import {
  dataFor,
  keepSent,
  pricesFor,
  type Sent,
  type ShopProduct,
  shopProducts,
  stockFor,
  toldTo,
} from "./product.js";

/** Brings the catalog to the state of the shop. */
export async function exportProducts(session: ShopSession, args: Args): Promise<void> {
  const catalog = await readCatalog(session, args);
  await adopt(session, catalog);
  const products = shopProducts(session.store);
  const ids = new Map<string, ProductId>();
  for (const [done, product] of products.entries()) {
    try {
      const id = await send(session, catalog, product, ids.get(product.parentSku));
      if (id !== undefined) {
        ids.set(product.sku, id);
      }
    } catch (error) {
      session.refused(`product ${product.sku}`, error);
    }
    session.progress.step("products", done + 1, products.length);
  }
  await sendPrices(session, catalog);
  await sendStock(session, catalog);
}

/** Products of the catalog with the SKU of a new one of the shop are taken for the same, so nothing is there twice. */
async function adopt(session: ShopSession, catalog: Catalog): Promise<void> {
  const { store } = session;
  const unknown = store.rows<{ sku: string }>("SELECT sku FROM products WHERE product_id IS NULL");
  if (unknown.length === 0) {
    return;
  }
  const listed = await listProducts(session, catalog.id);
  const bySku = new Map(listed.map(({ sku, id }) => [sku, id]));
  store.change(() => {
    for (const { sku } of unknown) {
      const id = bySku.get(sku);
      if (id !== undefined) {
        store.run("UPDATE products SET product_id = ? WHERE sku = ?", [id, sku]);
        // A run that was killed may have created it.
        store.forget({ kind: "product", key: sku });
      }
    }
  });
}

/** Creates a product or sends what changed of it; gives its number. */
async function send(
  session: ShopSession,
  catalog: Catalog,
  product: ShopProduct,
  parentId: ProductId | undefined,
): Promise<ProductId | undefined> {
  const { sku, parentSku, productId } = product;
  const told = toldTo(catalog, product);
  const data = dataFor(catalog, product);
  if (productId !== undefined) {
    if (told.data !== product.sent.data) {
      if (!session.dryRun) {
        await again(session.client, addInventoryProduct({ ...data, productId }));
        keepSent(session.store, sku, productId, { ...product.sent, data: told.data });
      }
      session.summary.add("products changed", 1);
    }
    return productId;
  }
  if (!session.dryRun && parentId === undefined && parentSku !== "") {
    session.summary.problem(`product ${sku}: its main product ${parentSku} is not in the catalog`);
    return undefined;
  }
  const id = session.dryRun ? undefined : await create(session, catalog, product, { ...data, parentId }, told);
  session.summary.add("products created", 1);
  return id;
}

function create(
  session: ShopSession,
  catalog: Catalog,
  product: ShopProduct,
  data: AddInventoryProductParams,
  told: Sent,
): Promise<ProductId> {
  const prices = pricesFor(catalog, product);
  const stock = { [catalog.warehouse]: stockFor(catalog, product) };
  return once(
    session.store,
    { kind: "product", key: product.sku },
    {
      look: () => find(session, catalog, product.sku),
      send: async () => (await session.client.call(addInventoryProduct({ ...data, prices, stock }))).value.productId,
      keep: (id) => {
        keepSent(session.store, product.sku, id, told);
      },
    },
  );
}

/** The product with a SKU. */
async function find(session: ShopSession, catalog: Catalog, sku: string): Promise<ProductId | undefined> {
  const request = getInventoryProductsList({ inventoryId: catalog.id, filterSku: sku, includeVariants: true });
  const { products } = (await session.client.call(request)).value;
  return Object.values(products).find((product) => product.sku === sku)?.id;
}

/** A product that the catalog has. */
type Known = ShopProduct & { readonly productId: ProductId };

async function sendPrices(session: ShopSession, catalog: Catalog): Promise<void> {
  const request = (part: readonly Known[]) => {
    const products = Object.fromEntries(part.map((known) => [known.productId, pricesFor(catalog, known)]));
    return updateInventoryProductsPrices({ inventoryId: catalog.id, products });
  };
  for (const [part] of chunks(changed(session, catalog, "prices"), request([]).method.batch.max)) {
    if (!session.dryRun) {
      const { value } = await again(session.client, request(part));
      keepPart(session, catalog, part, "prices");
      warn(session, "price", value.warnings);
    }
    session.summary.add("prices sent", part.length);
  }
}

async function sendStock(session: ShopSession, catalog: Catalog): Promise<void> {
  const request = (part: readonly Known[]) => {
    const stock = (known: Known) => ({ [catalog.warehouse]: stockFor(catalog, known) });
    const products = Object.fromEntries(part.map((known) => [known.productId, stock(known)]));
    return updateInventoryProductsStock({ inventoryId: catalog.id, products });
  };
  for (const [part] of chunks(changed(session, catalog, "stock"), request([]).method.batch.max)) {
    if (!session.dryRun) {
      const { value } = await again(session.client, request(part));
      keepPart(session, catalog, part, "stock");
      warn(session, "stock", value.warnings);
    }
    session.summary.add("stock sent", part.length);
  }
}

/** The products of the catalog of which something changed. */
function changed(session: ShopSession, catalog: Catalog, what: keyof Sent): Known[] {
  const isKnown = (product: ShopProduct): product is Known => product.productId !== undefined;
  const known = shopProducts(session.store).filter(isKnown);
  return known.filter((product) => toldTo(catalog, product)[what] !== product.sent[what]);
}

/** Keeps what the catalog was told of some products. */
function keepPart(session: ShopSession, catalog: Catalog, part: readonly Known[], what: keyof Sent): void {
  session.store.change(() => {
    for (const product of part) {
      const sent = { ...product.sent, [what]: toldTo(catalog, product)[what] };
      keepSent(session.store, product.sku, product.productId, sent);
    }
  });
}

/** What the API does not take is not sent again before it changes once more. */
function warn(session: ShopSession, what: string, warnings: Readonly<Record<number, string>>): void {
  for (const [id, warning] of Object.entries(warnings)) {
    session.summary.problem(`${what} of product ${id}: ${warning}`);
  }
}
