import { normalize } from "node:path/posix";
import { parseDocument } from "yaml";
import { kindOf, pathText, finding, type PathSegment, type Finding } from "../findings/finding";
import { verbatimText } from "./schema/text";

/** What a file of the project holds, or why that cannot be told: what is wrong, and what to do. */
export type FileContent =
  { readonly text: string } | { readonly wrong: string; readonly remedy: string };

/**
 * Reads a file that the configuration names.
 *
 * @param path as it is written: from the project's folder, where Pulumi.yaml is
 */
export type ReadFile = (path: string) => FileContent;

/** For configurations that stand alone. */
export const noFiles: ReadFile = () => ({
  wrong: "files beside the configuration are not read here",
  remedy: "write datastores instead",
});

/** A configuration in which every list of datastores stands where the schema and the rules look for it. */
export interface FilledConfiguration {
  readonly raw: unknown;
  /** What is wrong with the files themselves. */
  readonly problems: readonly Finding[];
  /** Says in a fault of a list that came from a file where it stands: `datastores/zone-a.yaml[12]`. */
  readonly inFile: (fault: Finding) => Finding;
  /** Whether the value at a path came from a file. */
  readonly isInFile: (path: readonly PathSegment[]) => boolean;
}

/**
 * Puts the lists that `datastoresFile` names in the place of `datastores`. A zone whose file is at fault, and one that
 * has both keys or neither, stays as it is.
 *
 * @param raw the configuration as it is written; it is not changed, and may have any other fault
 * @param readFile reads the files
 */
export function withDatastoreFiles(raw: unknown, readFile: ReadFile): FilledConfiguration {
  const problems: Finding[] = [];
  /** The file of each list, by the list's path in the configuration. */
  const files = new Map<string, string>();
  const isShareable = takesSeveralZones(raw);
  const filled = changedAt(raw, "regions", (region, regionPath) => {
    const zoneOfFile = new Map<string, string>();
    return changedAt(
      region,
      "zones",
      (zone, path) => {
        if (!isRecord(zone)) {
          return zone;
        }
        const { datastores, datastoresFile: file } = zone;
        if (file === undefined || datastores !== undefined) {
          problems.push(...onePlaceFaults(path, datastores, file));
          return zone;
        }
        if (typeof file !== "string" || !verbatimText.safeParse(file).success) {
          return zone;
        }
        const first = zoneOfFile.get(normalize(file));
        zoneOfFile.set(normalize(file), `${path}.datastoresFile`);
        const list =
          first === undefined || isShareable
            ? listIn(file, path, readFile)
            : sameFile(file, path, first);
        if ("fault" in list) {
          problems.push(list.fault);
          return zone;
        }
        const { datastoresFile: _read, ...others } = zone;
        files.set(`${path}.datastores`, file);
        return { ...others, datastores: list.value };
      },
      regionPath,
    );
  });
  return {
    ...{ raw: filled, problems, inFile: (fault) => inFile(fault, files) },
    isInFile: (path) => files.has(pathText(path.slice(0, lengthOfListPath))),
  };
}

/** A zone names its datastores in one of two places. */
function onePlaceFaults(zonePath: string, datastores: unknown, file: unknown): Finding[] {
  if (datastores === undefined) {
    return [
      finding(
        `${zonePath}.datastores`,
        undefined,
        "this key is required",
        'add it, for example ["x1_lun_1","x1_lun_2"], or datastoresFile',
      ),
    ];
  }
  return file === undefined
    ? []
    : [
        finding(
          `${zonePath}.datastoresFile`,
          file,
          `${zonePath}.datastores is there too, and the two exclude each other`,
          "choose one, datastores or datastoresFile",
        ),
      ];
}

type List = { readonly value: unknown } | { readonly fault: Finding };

/** What a file holds: a list, as far as the schema finds nothing else in it. */
function listIn(file: string, zonePath: string, readFile: ReadFile): List {
  const content = readFile(file);
  if ("wrong" in content) {
    const { wrong, remedy } = content;
    return { fault: finding(`${zonePath}.datastoresFile`, file, wrong, remedy) };
  }
  const parsed = parsedText(content.text);
  if ("wrong" in parsed) {
    return { fault: { severity: "error", where: file, found: "text", ...parsed } };
  }
  if (parsed.value === null || parsed.value === undefined) {
    const remedy = "write a list, one datastore on a line: - x1_lun_1";
    return { fault: finding(file, undefined, "the file is empty", remedy) };
  }
  return parsed;
}

/** JSON is tried first: it may be indented with tabs, which YAML does not take. */
function parsedText(
  content: string,
): { readonly value: unknown } | { readonly wrong: string; readonly remedy: string } {
  try {
    return { value: JSON.parse(content) as unknown };
  } catch {
    // YAML then.
  }
  const document = parseDocument(content);
  const [error] = document.errors;
  const remedy = "write a list, one datastore on a line: - x1_lun_1";
  if (error !== undefined) {
    // The lines that follow show the place in the text.
    const [what = ""] = error.message.split("\n");
    return { wrong: `it is neither YAML nor JSON (${what.replace(/:$/, "")})`, remedy };
  }
  try {
    return { value: document.toJS() as unknown };
  } catch (failure) {
    const what = failure instanceof Error ? failure.message : String(failure);
    return { wrong: `it cannot be read as YAML (${what})`, remedy };
  }
}

/** Whether the zone category takes several tags for each object, as far as the configuration has no fault there. */
function takesSeveralZones(raw: unknown): boolean {
  const categories = isRecord(raw) ? raw["categories"] : undefined;
  const zone = isRecord(categories) ? categories["zone"] : undefined;
  return isRecord(zone) && zone["cardinality"] === "MULTIPLE";
}

/** Two zones of one region with one file would have the same datastores, each of which can have one zone only. */
function sameFile(file: string, zonePath: string, first: string): List {
  return {
    fault: finding(
      `${zonePath}.datastoresFile`,
      file,
      `${first} names the same file, and a datastore can carry one zone tag only`,
      "give each zone a file of its own, or write categories.zone.cardinality: MULTIPLE, with which vCenter never goes " +
        "back to one tag for each object",
    ),
  };
}

/** `regions`, 0, `zones`, 0, `datastores`. */
const lengthOfListPath = 5;

const listPath = /regions\[\d+\]\.zones\[\d+\]\.datastores(?![A-Za-z])/g;

function inFile(fault: Finding, files: ReadonlyMap<string, string>): Finding {
  const named = (words: string): string =>
    words.replaceAll(listPath, (path) => files.get(path) ?? path);
  const { where, wrong, remedy } = fault;
  return files.size === 0
    ? fault
    : {
        ...fault,
        where: named(where),
        wrong: named(wrong),
        remedy: named(remedy),
        kind: kindOf(fault),
      };
}

/** The same value with every entry of one list in it changed, as far as there is such a list. */
function changedAt(
  value: unknown,
  key: string,
  change: (entry: unknown, path: string) => unknown,
  path = "",
): unknown {
  const list = isRecord(value) ? value[key] : undefined;
  const start = path === "" ? key : `${path}.${key}`;
  return Array.isArray(list)
    ? {
        ...(value as object),
        [key]: list.map((entry: unknown, index) => change(entry, `${start}[${index}]`)),
      }
    : value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
