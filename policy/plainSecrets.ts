import type { ResourceValidationPolicy } from "@pulumi/policy";
import { allSettings, type Setting } from "../configuration/settings";
import { findingText, pathText, type Finding, type PathSegment } from "../findings/finding";
import { plainProperties } from "./plainProperties";
import { checkedStack, type CheckedStack } from "./stack";

/** A shorter secret may stand in a text by chance. */
const shortestSecret = 6;

/** Keys whose text is a secret. `passwordVariable` and the like name where one is. */
const secretKey = /(password|passphrase|secret|token|docker_?cfg|private_?key)s?$/i;

/** No secret stands in the state in the clear. */
export const plainSecrets: ResourceValidationPolicy = {
  name: "no-plain-secrets",
  displayName: "No secret in the clear",
  description: "Whoever may read the state finds no password in it.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, name, props }, report) => {
    const secrets = knownSecrets(checkedStack(process.env));
    for (const found of secretsIn(
      `${type.split(":").at(-1) ?? type} ${name}`,
      plainProperties(props),
      secrets,
    )) {
      report(findingText(found));
    }
  },
};

/** Texts that are secrets, each with the key or variable that has it. */
export type KnownSecrets = ReadonlyMap<string, string>;

/** The secrets of a stack, from its configuration and the environment. */
export function knownSecrets({ values, environment }: CheckedStack): KnownSecrets {
  const found = allSettings.flatMap(({ key, variable, secret }: Setting) => {
    if (!secret) return [];
    const fromVariable = variable === undefined ? undefined : environment[variable];
    return [[values[key], key] as const, [fromVariable, variable ?? key] as const];
  });
  return new Map(
    found.flatMap(([text, source]) =>
      text !== undefined && text.length >= shortestSecret ? [[text, source]] : [],
    ),
  );
}

/**
 * The secrets that stand in a value: those that are known, private keys, logins in addresses, and the texts of keys that
 * speak of a secret. JSON in a text is read too. The findings tell where, and never what.
 *
 * @param resource whose value it is, for the messages
 */
export function secretsIn(resource: string, value: unknown, secrets: KnownSecrets): Finding[] {
  return [...placesIn(value, [])].flatMap(({ path, text }) => {
    const why = reason(path, text, secrets);
    if (why === undefined) return [];
    return [
      {
        severity: "error" as const,
        where: `${resource}, ${pathText(path)}`,
        found: "<hidden>",
        wrong: why,
        consequence: "which the state would hold in the clear, for all who may read it",
        remedy:
          "set it with `pulumi config set --secret` or as a variable of the environment, and change it if the state was shared",
      },
    ];
  });
}

interface Place {
  readonly path: readonly PathSegment[];
  readonly text: string;
}

/** Every text in a value, with the keys and indexes that lead to it. */
function* placesIn(value: unknown, path: readonly PathSegment[]): Iterable<Place> {
  if (typeof value === "string") {
    const inner = structureIn(value);
    if (inner === undefined) yield { path, text: value };
    else yield* placesIn(inner, path);
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* placesIn(entry, [...path, index]);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, entry] of Object.entries(value)) yield* placesIn(entry, [...path, key]);
  }
}

/** The list or object that a text is the JSON of; undefined for any other text. */
function structureIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Why a text is taken for a secret; undefined when it is not. */
function reason(
  path: readonly PathSegment[],
  text: string,
  secrets: KnownSecrets,
): string | undefined {
  for (const [secret, source] of secrets) {
    if (text.includes(secret)) return `it holds the secret of ${source}`;
  }
  if (text.includes("PRIVATE KEY-----")) return "it holds a private key";
  if (/:\/\/[^/\s:@]+:[^/\s@]+@/.test(text)) return "it is an address with a password";
  const key = path.filter((segment) => typeof segment === "string").at(-1);
  const speaksOfSecret = key !== undefined && secretKey.test(key);
  return speaksOfSecret && text !== "" ? "its name says that it is a secret" : undefined;
}
