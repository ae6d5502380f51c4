/**
 * Connects a shop platform: its products go to the catalog or come from it, in several languages and currencies; its orders go
 * to BaseLinker; statuses and payments go both ways.
 */

import { run } from "../src/session.js";
import { type Action, type Args, COUNTS, readArgs, type ShopSession } from "./args.js";
import { exportProducts } from "./export.js";
import { importProducts } from "./import.js";
import { sendOrders } from "./orders.js";
import { sendChanges, takeChanges } from "./sync.js";

const WORK: Readonly<Record<Action, (session: ShopSession, args: Args) => Promise<void>>> = {
  export: exportProducts,
  import: importProducts,
  orders: async (session, args) => {
    await sendOrders(session, args);
    await takeChanges(session, args.statuses);
    await sendChanges(session, args.statuses);
  },
};

await run({
  name: "shop-platform",
  counts: COUNTS,
  schema: new URL("../../../rust/shop-platform/schema.sql", import.meta.url),
  start() {
    const args = readArgs();
    const work = async (session: ShopSession) => {
      for (const action of args.actions) {
        await WORK[action](session, args);
      }
    };
    return { settings: args.settings, work };
  },
});
