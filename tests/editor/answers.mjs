// Answers questions as an editor would: one JSON a line in, one JSON a line out. editors.py asks.
// LKLINT_NODE_MODULES names the folder that the modules of package.json are in.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const modules = process.env.LKLINT_NODE_MODULES;
const require = createRequire(join(modules, "any.cjs"));
const newer = join(modules, "language-service-6", "lib", "esm", "jsonLanguageService.js");
const majors = {
  5: require("language-service-5"),
  6: await import(pathToFileURL(newer)),
};
const workspaces = {};

/** A workspace with files associated with schemas, as "json.schemas" of VS Code's settings does it. */
function open({ workspace, schemas }) {
  workspaces[workspace] = {};
  for (const [major, { ClientCapabilities, getLanguageService }] of Object.entries(majors)) {
    const service = getLanguageService({
      clientCapabilities: ClientCapabilities.LATEST,
      schemaRequestService: async (uri) => readFile(fileURLToPath(uri), "utf-8"),
    });
    service.configure({ validate: true, schemas });
    workspaces[workspace][major] = service;
  }
  return true;
}

const about = {
  async diagnostics({ service, document, json }) {
    const found = await service.doValidation(document, json);
    return found.map(({ message, range }) => ({
      message,
      begin: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
    }));
  },
  async completions({ service, document, json, at }) {
    const found = await service.doComplete(document, document.positionAt(at), json);
    return found.items.map(({ label, documentation, textEdit }) => ({
      label,
      documentation: documentation?.value ?? documentation ?? "",
      inserts: textEdit.newText,
    }));
  },
  async schemas({ service, document, json }) {
    return service.getLanguageStatus(document, json).schemas;
  },
  async hover({ service, document, json, at }) {
    const found = await service.doHover(document, document.positionAt(at), json);
    return found?.contents.join("\n") ?? "";
  },
};

async function answer({ ask, ...given }) {
  if (ask === "open") return open(given);
  if (ask === "ajv") return ajv(given);
  if (ask === "settings") return settings(given);
  const { workspace, major, file, text, at } = given;
  const { TextDocument } = majors[major];
  const service = workspaces[workspace][major];
  const document = TextDocument.create(`file:///workspace/${file}`, "json", 1, text);
  return about[ask]({ service, document, json: service.parseJSONDocument(document), at });
}

/** Which documents a schema takes, with ajv set up as SchemaStore does it for a draft-07 schema. */
function ajv({ schema, keywords, documents }) {
  const Ajv = require("ajv").default;
  const one = new Ajv({ strictTypes: false, strictTuples: false, allowMatchingProperties: true });
  require("ajv-formats").default(one);
  keywords.forEach((keyword) => one.addKeyword(keyword));
  const takes = one.compile(schema);
  return documents.map((document) => takes(document));
}

/** A settings.json as VS Code reads it; a byte order mark is taken off with the bytes. */
function settings({ text }) {
  const errors = [];
  const options = { allowTrailingComma: true };
  const value = require("jsonc-parser").parse(text.replace(/^\ufeff/, ""), errors, options);
  return { value: value ?? null, errors };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
