/** Methods that list things, and a server that answers them with lists. */

import assert from "node:assert/strict";

import { Client } from "../src/client.js";
import type { BatchedRequest, FollowedRequest, PagedRequest } from "../src/info.js";
import { object } from "../src/json/object.js";
import { list } from "../src/json/parts.js";
import { int } from "../src/json/scalars.js";
import { NO_RETRY } from "../src/retry.js";
import type { HttpRequest, HttpResponse, Transport } from "../src/transport.js";
import { API, SECOND } from "./fake.js";

/** What a reply of these methods lists. */
export interface Listed {
  items: number[];
}

/** What a call asked for. */
export interface Asked {
  readonly from?: number;
  readonly page?: number;
  readonly items?: number[];
}

const reply = object<Listed>(() => ({ items: list(int) }));
const read = { access: "read", reply } as const;
const listed = ({ items }: Listed): number[] => items;
const params = object(() => ({ from: int, page: int, items: list(int) }));

/** By cursor: from the item behind it, or from itself on with two items on a full page. */
export function byId(start: 0 | 1, from?: number): FollowedRequest<Listed, number> {
  const size = start === 1 ? { size: 2 } : {};
  const paging = { param: "from", items: listed, position: (item: number) => item, start, ...size };
  return { method: { ...read, name: "getById", params, paging }, params: { from } };
}

/** By page number, with two items on a full page. */
export function byPage(): PagedRequest<Listed, number> {
  return {
    method: { ...read, name: "getByPage", params, paging: { param: "page", items: listed, start: 1, size: 2 } },
    params: {},
  };
}

/** At most two items a call. */
export function put(items: number[]): BatchedRequest<Listed> {
  return {
    method: { name: "put", access: "write", params, reply, batch: { param: "items", max: 2 } },
    params: { items },
  };
}

/** Answers with these lists, one after another; what is no JSON is sent as it is. */
export class Server implements Transport {
  readonly asked: Asked[] = [];
  readonly times: number[] = [];
  readonly #answers: string[];

  constructor(...lists: string[]) {
    this.#answers = lists.map((answer) => (/^[["]/.test(answer) ? `{"status":"SUCCESS","items":${answer}}` : answer));
  }

  get client(): Client {
    return new Client(API, "test", { token: "1-23-PAGES", transport: this, retry: NO_RETRY, callsPerMinute: 1e6 });
  }

  /** The cursor or page number of each call, `-` for none. */
  get cursors(): string {
    return this.asked.map(cursorOf).join(" ");
  }

  /** The same, each with the second of the call. */
  get cursorsAndTimes(): string {
    return this.asked.map((asked, call) => `${cursorOf(asked)}@${seconds(this.times[call])}`).join(" ");
  }

  send({ body }: HttpRequest): Promise<HttpResponse> {
    const parameters = new URLSearchParams(body).get("parameters");
    this.asked.push(JSON.parse(parameters ?? "") as Asked);
    this.times.push(performance.now());
    const answer = this.#answers.shift();
    assert.ok(answer !== undefined, "one call too many");
    return Promise.resolve({ status: 200, body: answer });
  }
}

function cursorOf({ from, page }: Asked): string {
  return (from ?? page ?? "-").toString();
}

function seconds(time = 0): string {
  return Math.round(time / SECOND).toString();
}
