/**
 * The lints of all TypeScript here, by hand and generated: the strictest presets that there are, and why a rule differs.
 * Nothing is switched off in a file.
 */

import { readFileSync } from "node:fs";

import { defineConfig } from "eslint/config";
import jsdoc from "eslint-plugin-jsdoc";
import tsdoc from "eslint-plugin-tsdoc";
import tseslint from "typescript-eslint";

/** Members of which a reader of the docs sees what they override, or knows what they are for. */
const OWN =
  ":not([override=true]):not([computed=true]):not([key.type='PrivateIdentifier']):not([accessibility='private'])";

/** What has to have a doc where it is exported, beside functions and classes. */
const ITEMS = [
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSMethodSignature",
  "VariableDeclaration",
  `MethodDefinition[kind!='constructor']${OWN}`,
];
const PROPERTIES = ["TSPropertySignature", `PropertyDefinition${OWN}`];

/** A rule that wants docs. */
function docs(contexts) {
  const require = { ClassDeclaration: true, FunctionDeclaration: true };
  return { "jsdoc/require-jsdoc": ["error", { publicOnly: true, checkConstructors: false, require, contexts }] };
}

/** The modules of the runtime that programs see. */
const index = readFileSync(new URL("runtime/src/index.ts", import.meta.url), "utf8");
const seen = Array.from(index.matchAll(/from "\.\/(.*)\.js"/g), ([, module]) => `runtime/src/${module}.ts`);

export default defineConfig(
  {
    ignores: [
      "**/dist/**",
      "**/node_modules/**",
      "package/src/runtime/**",
      "golden/*/src/runtime/**",
      "golden/*/tests/**",
    ],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { noInlineConfig: true },
    plugins: { jsdoc, tsdoc },
    rules: {
      // The runner of Node.js waits for what `test` gives.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: "test" }] },
      ],
      // A property is left out by naming it beside the others.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // What a hook has thrown is handed on as it is.
      "@typescript-eslint/prefer-promise-reject-errors": ["error", { allowThrowingUnknown: true }],
      "tsdoc/syntax": "error",
    },
  },
  // Descriptions are as long as what they describe.
  { files: ["runtime/**", "flows/**"], rules: { "max-lines-per-function": ["error", 70] } },
  { files: ["runtime/src/**"], rules: docs(ITEMS) },
  {
    // What browsers and workers do not have either.
    files: ["runtime/src/**", "package/src/**"],
    ignores: ["runtime/src/node.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["node:*"] }],
      "no-restricted-globals": ["error", "Buffer", "clearImmediate", "global", "process", "setImmediate"],
    },
  },
  { files: [...seen, "package/src/**", "golden/**"], rules: docs([...ITEMS, ...PROPERTIES]) },
);
