import type { z } from "zod";
import { wording, pathText, finding, type PathSegment, type Finding } from "../../findings/finding";
import { nearest } from "../../findings/text";
import { documentationOf, schemaAt, shapeOf, type Schema } from "./walk";

type Issue = z.core.$ZodIssue;

/**
 * Turns what the schema found into problems in the program's own words.
 *
 * @param schema the schema of the whole
 * @param raw the value that was checked
 * @param issues what the schema found
 * @param writtenText how a value was written, where that is known
 */
export function schemaFaults(
  schema: Schema,
  raw: unknown,
  issues: readonly Issue[],
  writtenText: WrittenText = () => undefined,
): Finding[] {
  return issues.flatMap((issue) => faultsOf({ schema, raw, writtenText }, issue, issue.path));
}

/** How a value at a place stands in the file that it comes from: `0042` for the number 34; undefined when it is not known. */
export type WrittenText = (path: readonly PathSegment[], value: unknown) => string | undefined;

interface Checked {
  readonly schema: Schema;
  readonly raw: unknown;
  readonly writtenText: WrittenText;
}

function faultsOf(checked: Checked, issue: Issue, path: readonly PathSegment[]): Finding[] {
  const value = valueAt(checked.raw, path);
  const fault = (wrong: string, remedy: string): Finding[] => [
    finding(pathText(path) || "the configuration", value, wrong, remedy),
  ];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(checked, path, key));
    case "invalid_union":
      return unionFaults(checked, issue, path);
    case "invalid_type":
      if (value === undefined) {
        return fault("this key is required", `add it${exampleText(checked, path)}`);
      }
      if (issue.expected === "string" && isWord(value)) {
        return [unquotedWord(checked, path, value)];
      }
      return value === null
        ? fault("the key has no value", `write one${exampleText(checked, path)}, or remove the key`)
        : fault(
            `${kindOf(value)} cannot stand here`,
            `write ${kindNames[issue.expected] ?? issue.expected}${exampleText(checked, path)}`,
          );
    case "invalid_value":
      return fault("is not one of the allowed values", choice(value, issue.values.map(String)));
    case "too_small":
      return fault(
        issue.origin === "array" ? "the list has too few entries" : "is too small",
        issue.origin === "array"
          ? `write at least ${issue.minimum}${exampleText(checked, path)}`
          : `write ${issue.minimum} or more`,
      );
    case "too_big":
      return fault("is too big", `write ${issue.maximum} or less`);
    default: {
      const [wrong, ...remedy] = issue.message.split(": ");
      return fault(wrong ?? "is not valid", remedy.join(": ") || "correct the value");
    }
  }
}

/** Whether YAML may have made the value of a word that was meant as text. */
function isWord(value: unknown): value is number | boolean {
  return typeof value === "number" || typeof value === "boolean";
}

/** A name such as `0042` or `on` that stands without quotes, so that YAML makes another thing of it. */
function unquotedWord(
  checked: Checked,
  path: readonly PathSegment[],
  value: number | boolean,
): Finding {
  const written = checked.writtenText(path, value);
  return written === undefined || written === String(value)
    ? finding(
        pathText(path),
        value,
        `${kindOf(value)} cannot stand here, and YAML makes ${typeof value === "number" ? "numbers of words such as 0042 and 1e3" : "true or false of words such as yes and on"}`,
        `put the text in quotes${exampleText(checked, path)}`,
      )
    : finding(
        pathText(path),
        value,
        `YAML makes ${String(value)} of ${written}`,
        `put it in quotes, "${written}"`,
      );
}

/** An unknown key. Its value is not shown: it may be a secret at a mistyped place. */
function unknownKey(checked: Checked, path: readonly PathSegment[], key: string): Finding {
  const parent = schemaAt(checked.schema, path);
  const known = Object.keys((parent && shapeOf(parent)) ?? {});
  const meant = nearest(key, known);
  return {
    severity: "error",
    where: pathText([...path, key]),
    found: kindOf(valueAt(checked.raw, [...path, key])),
    wrong: "there is no such key",
    remedy:
      remedyForDeckhouseField(path, key) ??
      (meant ? `write ${meant}, or remove it` : `remove it; the keys here are ${known.join(", ")}`),
    kind: `unknown key of ${wording(pathText(path))}`,
  };
}

/** Reports the faults of the one option that has the value's kind, or the kinds that are allowed. */
function unionFaults(
  checked: Checked,
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: readonly PathSegment[],
): Finding[] {
  const fitting = issue.errors.filter((option) => !option.some(isOfWrongKind));
  if (fitting.length === 1) {
    return (fitting[0] ?? []).flatMap((inner) =>
      faultsOf(checked, inner, [...path, ...inner.path]),
    );
  }
  const value = valueAt(checked.raw, path);
  const takesText = issue.errors.some((option) =>
    option.some(
      (inner) => isOfWrongKind(inner) && "expected" in inner && inner.expected === "string",
    ),
  );
  if (takesText && isWord(value)) {
    return [unquotedWord(checked, path, value)];
  }
  const wrongKinds = issue.errors.flatMap((option) => option.filter(isOfWrongKind));
  const values = wrongKinds.flatMap((inner) =>
    inner.code === "invalid_value" ? inner.values.map(String) : [],
  );
  const kinds = wrongKinds.flatMap((inner) =>
    inner.code === "invalid_type" ? [kindNames[inner.expected] ?? inner.expected] : [],
  );
  return [
    value === undefined
      ? finding(
          pathText(path),
          value,
          "this key is required",
          `add it${exampleText(checked, path)}`,
        )
      : finding(
          pathText(path),
          value,
          values.length > 0 && typeof value === "string"
            ? "is not one of the allowed values"
            : `${kindOf(value)} cannot stand here`,
          choice(value, values, kinds),
        ),
  ];
}

function isOfWrongKind(inner: Issue): boolean {
  return (
    inner.path.length === 0 && (inner.code === "invalid_type" || inner.code === "invalid_value")
  );
}

const kindNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return "a list";
  }
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    default:
      return value === undefined || value === null ? "nothing" : "an object";
  }
}

function choice(value: unknown, allowed: readonly string[], kinds: readonly string[] = []): string {
  const meant = typeof value === "string" ? nearest(value, allowed) : undefined;
  const all = [...allowed, ...kinds];
  return meant ? `write ${meant} (allowed: ${all.join(", ")})` : `write ${all.join(" or ")}`;
}

/** The example of a place in the schema, when it is short enough to help in a message. */
function exampleText(checked: Checked, path: readonly PathSegment[]): string {
  const place = schemaAt(checked.schema, path);
  const example = place && documentationOf(place).examples[0];
  if (example === undefined) {
    return "";
  }
  const shown = JSON.stringify(example);
  return shown.length <= 60 ? `, for example ${shown}` : "";
}

function valueAt(raw: unknown, path: readonly PathSegment[]): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, segment)
        ? (value as Record<PathSegment, unknown>)[segment]
        : undefined,
    raw,
  );
}

/**
 * Fields of Deckhouse's `VsphereClusterConfiguration` that are no keys of `clusterConfiguration`, by what to write in
 * their place: who copies a document that exists writes them.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
const otherKeys: Readonly<Record<string, string>> = {
  internalNetworkCIDR: "write it as the subnet of the masters' network in networks",
  internalNetworkNames: "write nodeAddress: internal for these networks in networks",
  externalNetworkNames: "write nodeAddress: external for these networks in networks",
  storagePolicyID: "write storagePolicy with this id, or with the policy's name",
  region: "remove it; the name of the region is regions[].name",
  zones: "remove it; the names of the zones are regions[].zones[].name",
  regionTagCategory: "remove it; the name of the category is categories.region.name",
  zoneTagCategory: "remove it; the name of the category is categories.zone.name",
  provider: "remove it; the account is clusterAccount, and vCenter that of vsphere:vsphereServer",
  layout: "remove it; there is one layout only",
  apiVersion: "remove it; the program writes it",
  kind: "remove it; the program writes it",
};

/**
 * What to write in place of a field of Deckhouse's.
 *
 * @param path where the key stands
 * @param key an unknown key
 * @returns undefined when it is no such field, or stands elsewhere
 */
export function remedyForDeckhouseField(
  path: readonly PathSegment[],
  key: string,
): string | undefined {
  return path.at(-1) === "clusterConfiguration" && Object.hasOwn(otherKeys, key)
    ? otherKeys[key]
    : undefined;
}
