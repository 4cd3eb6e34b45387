import { createHash } from "node:crypto";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { repositoryRoot } from "../lab/folders";
import type { Schema } from "./facts";
import type { Checker } from "./sources";

/** The schema of a kind, once for all versions of Deckhouse that have the same. */
export interface TranscribedSchema {
  readonly checker: Checker;
  readonly apiVersion: string;
  readonly schema: Schema;
}

/** A version of Deckhouse, and where its schemas came from. */
export interface TranscribedVersion {
  /** `1.77`. */
  readonly deckhouse: string;
  /** The name of its folder of schemas. */
  readonly folder: string;
  /** The SHA-256 of each file that was read, by its path below that folder. */
  readonly files: Readonly<Record<string, string>>;
  /** The key in `schemas` of each kind's schema. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** What Deckhouse takes, version by version: the contents of the transcribed file but for its checksum. */
export interface Transcription {
  readonly about: string;
  /** From the oldest to the newest. */
  readonly versions: readonly TranscribedVersion[];
  readonly schemas: Readonly<Record<string, TranscribedSchema>>;
}

/** What the transcribed file says of itself. */
export const about =
  'Written by "npm run schemas -- FOLDER" from the schemas that deckhouse/deckhouse publishes. Do not edit. ' +
  "Only what decides whether a document is taken is kept.";

/** The transcription that the tests hold documents against. */
export const transcriptionFile = join(repositoryRoot, "test", "fixtures", "deckhouseSchemas.json");

/** A checksum by which a file that somebody edited is told from one that was written. */
export function checksumOf({ about: says, versions, schemas }: Transcription): string {
  return sha256(JSON.stringify({ about: says, versions, schemas }));
}

/** The text of the transcribed file, formatted like all files of the repository. */
export async function transcriptionText(transcription: Transcription): Promise<string> {
  const { about: says, ...rest } = transcription;
  const written = { about: says, checksum: checksumOf(transcription), ...rest };
  const options = await resolveConfig(transcriptionFile);
  return format(JSON.stringify(written), { ...options, filepath: transcriptionFile });
}

/** The SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
