/** The program in a page of Chromium. Its calls go through the server of the page, which is where a real one keeps the token. */

import { createServer, type IncomingMessage, request as send, type ServerResponse } from "node:http";
import { join } from "node:path";

import { inflate } from "@sparticuz/chromium";
import { launch } from "puppeteer-core";

import type { Addresses } from "./program.js";
import { bundle, installed, listen, scratch } from "./tools.js";

const PAGE = `
  import { program } from "./program.js";
  globalThis.program = program;
`;

/** Without these a browser looks for updates and the like. */
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"];

/** Runs the program in a page. */
export async function inBrowser(addresses: Addresses): Promise<unknown> {
  const script = await bundle(PAGE);
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      forward(request, response, addresses.api);
    } else if (request.url === "/page.js") {
      response.setHeader("content-type", "text/javascript").end(script);
    } else {
      response.setHeader("content-type", "text/html").end('<script type="module" src="/page.js"></script>');
    }
  });
  const origin = await listen(server);
  const browser = await chromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${origin}/`);
    const own = { ...addresses, api: `${origin}/connector.php` };
    return await page.evaluate(`program(${JSON.stringify(own)})`);
  } finally {
    await browser.close();
    server.close();
  }
}

/** Hands a call on, and its answer back; where there is none, so it is for the page. */
function forward(request: IncomingMessage, response: ServerResponse, endpoint: string): void {
  const { method, headers } = request;
  const call = send(endpoint, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  call.on("error", () => response.destroy());
  request.pipe(call);
}

/** Starts the browser that npm installed, which is one for Linux, or that of `CHROME`. */
async function chromium(): ReturnType<typeof launch> {
  const folder = scratch("browser");
  const settings = { headless: "shell", args: QUIET, userDataDir: join(folder, "profile") } as const;
  const { CHROME: own } = process.env;
  if (own !== undefined) {
    return launch({ ...settings, executablePath: own });
  }
  // This is where the browser is unpacked, with the libraries that it needs.
  process.env.TMPDIR = folder;
  const packed = (file: string): string => installed(`@sparticuz/chromium/bin/${file}`);
  const [executablePath] = await Promise.all([inflate(packed("chromium.br")), inflate(packed("al2023.tar.br"))]);
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, "al2023/lib") };
  return launch({ ...settings, executablePath, env });
}
