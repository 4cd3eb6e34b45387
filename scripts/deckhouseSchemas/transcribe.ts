import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { coerce, compare, lt } from "semver";
import { parseAllDocuments } from "yaml";
import { UserError } from "../../commands/run";
import { factsOf, type Schema } from "./facts";
import { sources, versionOfFolder, type Source } from "./sources";
import {
  about,
  sha256,
  type TranscribedSchema,
  type TranscribedVersion,
  type Transcription,
} from "./transcription";

/** The file by which a folder of schemas is known. */
const landmark = "candi/openapi/cluster_configuration.yaml";

/**
 * Transcribes the schemas of every version in a folder.
 *
 * @param folder with a folder for each version, laid out as deckhouse/deckhouse is
 * @returns undefined when there is no such folder, or no version in it
 * @throws UserError when a folder's version is not known, or a file is missing or not understood
 */
export function transcribe(folder: string): Transcription | undefined {
  const folders = versionFolders(folder);
  if (folders.length === 0) return undefined;
  const schemas: Record<string, TranscribedSchema> = {};
  const names = new Map<string, string>();
  const versions = folders.map(({ name, deckhouse }): TranscribedVersion => {
    const files: Record<string, string> = {};
    const kinds: Record<string, string> = {};
    for (const source of sources) {
      if (source.since !== undefined && isBefore(deckhouse, source.since)) continue;
      const { path, text } = readSource(join(folder, name), source);
      files[path] = sha256(text);
      const schema = transcribed(source, text, `${name}/${path}`);
      const key = `${source.kind} ${JSON.stringify(schema)}`;
      const known = names.get(key) ?? `${source.kind} since ${deckhouse}`;
      names.set(key, known);
      schemas[known] = schema;
      kinds[source.kind] = known;
    }
    return { deckhouse, folder: name, files, kinds };
  });
  return { about, versions, schemas };
}

function isBefore(version: string, other: string): boolean {
  return lt(coerce(version) ?? "0.0.0", coerce(other) ?? "0.0.0");
}

/** The folders with schemas, from the oldest version to the newest. */
function versionFolders(folder: string): { name: string; deckhouse: string }[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, landmark)));
  const known = names.map((name) => {
    const deckhouse = versionOfFolder(name);
    if (deckhouse === undefined) {
      throw new UserError(
        `${join(folder, name)}: it is not known which version of Deckhouse these schemas are of: ` +
          "name the folder like a release (v1.76.2), or say it in scripts/deckhouseSchemas/sources.ts",
      );
    }
    return { name, deckhouse };
  });
  const sorted = known.sort((one, other) =>
    compare(coerce(one.deckhouse) ?? "", coerce(other.deckhouse) ?? ""),
  );
  for (const [index, { name, deckhouse }] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before?.deckhouse === deckhouse) {
      throw new UserError(
        `${folder}: ${before.name} and ${name} are both of Deckhouse ${deckhouse}`,
      );
    }
  }
  return sorted;
}

function readSource(folder: string, { kind, files }: Source): { path: string; text: string } {
  const path = files.find((file) => existsSync(join(folder, file)));
  if (path === undefined) {
    throw new UserError(`${folder}: there is no schema of ${kind}: looked for ${files.join(", ")}`);
  }
  return { path, text: readFileSync(join(folder, path), "utf8") };
}

function transcribed(source: Source, text: string, path: string): TranscribedSchema {
  const { checker, apiVersion } = source;
  // Deckhouse's own readers are of YAML 1.1.
  const documents = parseAllDocuments(text, { version: "1.1", merge: true }).map(
    (document) => document.toJS() as unknown,
  );
  const written = publishedSchema(source, documents);
  if (written === undefined) {
    throw new UserError(`${path}: there is no schema of ${source.kind} in ${apiVersion}`);
  }
  const schema = factsOf(written, path);
  return { checker, apiVersion, schema: checker === "API server" ? withoutStatus(schema) : schema };
}

/** A file of the installer, or a CustomResourceDefinition, as far as it is read. */
interface PublishedFile {
  readonly apiVersions?: readonly { readonly apiVersion: string; readonly openAPISpec: unknown }[];
  readonly kind?: string;
  readonly spec?: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema?: { readonly openAPIV3Schema: unknown };
    }[];
  };
}

function publishedSchema(
  { kind, checker, apiVersion }: Source,
  documents: readonly unknown[],
): unknown {
  const files = documents as readonly PublishedFile[];
  switch (checker) {
    case "dhctl":
      return files
        .flatMap(({ apiVersions = [] }) => apiVersions)
        .find((version) => version.apiVersion === apiVersion)?.openAPISpec;
    case "module":
      return files[0];
    case "API server": {
      const definition = files.find(({ spec }) => spec?.names.kind === kind)?.spec;
      return definition?.versions.find(
        ({ name, served }) => served && `${definition.group}/${name}` === apiVersion,
      )?.schema?.openAPIV3Schema;
    }
  }
}

/** What the API server writes itself is in no document. */
function withoutStatus(schema: Schema): Schema {
  const { status: _written, ...properties } = (schema["properties"] ?? {}) as Schema;
  return { ...schema, properties };
}
