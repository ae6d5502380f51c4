/** Reading a catalog: which products it has, and all data of them, a thousand a call. */

import {
  getInventories,
  getInventoryProductsData,
  getInventoryProductsList,
  type Inventory,
  type InventoryId,
  items,
  type Product,
  type ProductId,
} from "baselinker-client";

import type { Session } from "./session.js";

/** A product or a variant, as the list of a catalog has it. */
export interface Listed {
  readonly id: ProductId;
  /** The main product, if this is a variant. */
  readonly parent: ProductId | undefined;
  /** Its SKU; empty when it has none. */
  readonly sku: string;
}

/** The catalog to work on: the one that was chosen, or else the account's default one. */
export async function defaultInventory(session: Session, chosen: InventoryId | undefined): Promise<Inventory> {
  const { inventories } = await session.call(getInventories());
  const found =
    chosen === undefined
      ? (inventories.find((inventory) => inventory.isDefault === true) ?? inventories.at(-1))
      : inventories.find((inventory) => inventory.inventoryId === chosen);
  if (found === undefined) {
    const known = inventories.map((inventory) => inventory.inventoryId).join(", ");
    throw new Error(`there is no such catalog; the account has: ${known}`);
  }
  return found;
}

/** Everything in a catalog, each main product followed by its variants. */
export async function listProducts(session: Session, inventoryId: InventoryId): Promise<Listed[]> {
  const request = getInventoryProductsList({ inventoryId, includeVariants: true });
  const found = items(session.client, request);
  const listed: Listed[] = [];
  for await (const [id, { parentId, sku }] of found) {
    listed.push({ id, parent: parentId, sku: sku ?? "" });
    session.progress.step("products listed", listed.length);
  }
  session.showMismatches(request, found.takeMismatches());
  const key = ({ id, parent }: Listed) => [parent ?? id, parent === undefined ? 0 : 1, id] as const;
  return listed.sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  });
}

/**
 * All data of products, in parts: as many calls as the API needs, each made when the part before it was worked on, so that
 * memory holds one part at a time.
 */
export async function* readProducts(
  session: Session,
  inventoryId: InventoryId,
  listed: readonly Listed[],
): AsyncGenerator<{ part: readonly Listed[]; products: Readonly<Record<number, Product>> }> {
  const { max } = getInventoryProductsData({ inventoryId, products: [] }).method.batch;
  for (const [part, done] of chunks(listed, max)) {
    const { products } = await session.call(
      getInventoryProductsData({ inventoryId, products: part.map(({ id }) => id) }),
    );
    yield { part, products };
    session.progress.step("products read", done, listed.length);
  }
}

/** A list in parts that are not longer than one call takes, each with how many there were up to its end. */
export function* chunks<T>(list: readonly T[], most: number): Generator<[part: readonly T[], done: number]> {
  for (let begin = 0; begin < list.length; begin += most) {
    const part = list.slice(begin, begin + most);
    yield [part, begin + part.length];
  }
}
