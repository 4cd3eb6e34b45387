import { readFileSync } from "node:fs";
import { coerce, lte } from "semver";
import {
  transcriptionFile,
  type TranscribedSchema,
  type TranscribedVersion,
  type Transcription,
} from "../../scripts/deckhouseSchemas/transcription";

/** The transcription of Deckhouse's own schemas, with the checksum that its file has. */
export const transcription = JSON.parse(
  readFileSync(transcriptionFile, "utf8"),
) as Transcription & { readonly checksum: string };

/** The versions of Deckhouse whose schemas are known, from the oldest to the newest. */
export const knownVersions: readonly string[] = transcription.versions.map(
  ({ deckhouse }) => deckhouse,
);

/**
 * The schema of a kind of document.
 *
 * @param kind of the document; of a module's settings `ModuleConfig` and the module's name
 * @param deckhouse a version, `1.77` or `1.77.3`; of one that is not known, the nearest that is
 * @returns undefined when that version has no such kind
 */
export function schemaOf(kind: string, deckhouse: string): TranscribedSchema | undefined {
  const { kinds } = nearest(deckhouse);
  return Object.hasOwn(kinds, kind) ? transcription.schemas[kinds[kind]!] : undefined;
}

/** The last version that is not newer, or else the first one. */
function nearest(deckhouse: string): TranscribedVersion {
  const { versions } = transcription;
  const patch = ({ deckhouse: minor }: TranscribedVersion): string => `${minor}.0`;
  const wanted = coerce(deckhouse)!;
  return versions.filter((known) => lte(patch(known), wanted)).at(-1) ?? versions[0]!;
}
