import { isIPv4 } from "node:net";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { Schema } from "../../scripts/deckhouseSchemas/facts";
import type { TranscribedSchema } from "../../scripts/deckhouseSchemas/transcription";
import { schemaOf } from "./deckhouseSchemas";
import { deprecatedFields, forApiServer, forDhctl, unknownFields } from "./schemaReading";

/** A document as it stands in a file. */
export type ReadDocument = Readonly<Record<string, unknown>>;

/** What the schemas have against a document. */
export interface SchemaFaults {
  /** Deckhouse would refuse it: a sentence each. */
  readonly refused: readonly string[];
  /** Deckhouse would take it, and wants something else today. */
  readonly deprecated: readonly string[];
}

/** Kinds whose schemas are not among those that were read: those of users, and what is in extra documents and settings. */
export const withoutSchema: readonly string[] = [
  "ModuleConfig user-authn",
  "ModuleConfig user-authz",
  "ModuleConfig prometheus",
  "User",
  "ClusterAuthorizationRule",
  "NodeGroupConfiguration",
  "ConfigMap",
];

/** Fields that are marked as deprecated, and stay: dhctl still names what it installs by them. */
const withoutReplacement = ["ClusterConfiguration.cloud.prefix"];

/** What a document has in place of what a person fills in, also within an address. */
const placeholder = /^<(?:SECRET|PLACEHOLDER): [A-Za-z.]+>$|:\/\/.*<SECRET: [A-Za-z]+>@/;

/** A document's kind; of a ModuleConfig with the module's name. */
export function kindOf(document: ReadDocument): string {
  const { kind, metadata } = document as { kind: string; metadata?: { name: string } };
  return kind === "ModuleConfig" ? `ModuleConfig ${metadata?.name ?? ""}` : kind;
}

/**
 * Holds a document against Deckhouse's own schemas, the way that dhctl and the API server do. The settings of a module
 * are held against the current schema of that version, also those of an older version of the module's settings.
 *
 * @param deckhouse the version, as the configuration has it
 */
export function schemaFaults(document: ReadDocument, deckhouse: string): SchemaFaults {
  const kind = kindOf(document);
  if (withoutSchema.includes(kind)) return { refused: [], deprecated: [] };
  if (kind === "Secret") return { refused: secretFaults(document), deprecated: [] };
  const schema = schemaOf(String(document["kind"]), deckhouse);
  const whole = checked(schema, document, kind);
  if (document["kind"] !== "ModuleConfig") return whole;
  const settings = settingsFaults(document, kind, schemaOf(kind, deckhouse));
  return {
    refused: [...whole.refused, ...settings.refused],
    deprecated: [...whole.deprecated, ...settings.deprecated],
  };
}

function checked(
  known: TranscribedSchema | undefined,
  document: ReadDocument,
  kind: string,
): SchemaFaults {
  const apiVersion = String(document["apiVersion"]);
  if (known?.apiVersion !== apiVersion) {
    return {
      refused: [`${kind}: Deckhouse has no such document in ${apiVersion}`],
      deprecated: [],
    };
  }
  return faultsOf(known, document, kind);
}

function settingsFaults(
  document: ReadDocument,
  kind: string,
  known: TranscribedSchema | undefined,
): SchemaFaults {
  if (known === undefined) return { refused: [`${kind}: there is no such module`], deprecated: [] };
  const { spec } = document as { spec: { version?: number; settings?: object; enabled?: boolean } };
  const latest = (known.schema["x-config-version"] ?? 1) as number;
  const refused = [
    ...(spec.enabled === undefined && kind !== "ModuleConfig global"
      ? [`${kind}.spec.enabled: is missing`]
      : []),
    ...((spec.version ?? 0) > latest ? [`${kind}.spec.version: is newer than ${latest}`] : []),
  ];
  const { settings = {} } = spec;
  if (Object.keys(settings).length === 0) return { refused, deprecated: [] };
  const found = faultsOf(known, settings as ReadDocument, `${kind}.spec.settings`);
  return { refused: [...refused, ...found.refused], deprecated: found.deprecated };
}

function faultsOf(known: TranscribedSchema, value: ReadDocument, path: string): SchemaFaults {
  const validate = validatorOf(known);
  validate(value);
  const faults = (validate.errors ?? []).filter(({ data }) => !isPlaceholder(data));
  const unknown = known.checker === "API server" ? unknownFields(known.schema, value) : [];
  return {
    refused: [
      ...faults.map((fault) => sentence(fault, path)),
      ...unknown.map((field) => `${path}${field}: is unknown`),
    ],
    deprecated: deprecatedFields(known.schema, value)
      .map((field) => `${path}${field}`)
      .filter((field) => !withoutReplacement.includes(field))
      .map((field) => `${field}: is deprecated`),
  };
}

/** Whether a person has yet to fill in a value. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === "string" && placeholder.test(value);
}

/** `NodeGroup.spec.nodeType: must be string`, with the key, value or pattern that is meant. */
function sentence({ instancePath, message = "", keyword, params }: ErrorObject, path: string) {
  const place = instancePath.replaceAll(/\/(\d+)/g, "[$1]").replaceAll("/", ".");
  const { additionalProperty, allowedValues } = params as Record<string, unknown>;
  const detail =
    keyword === "additionalProperties"
      ? `: ${String(additionalProperty)}`
      : keyword === "enum"
        ? `: ${JSON.stringify(allowedValues)}`
        : "";
  return `${path}${place}: ${message}${detail}`;
}

const ajv = new Ajv({
  // Schemas of others, in an older dialect: what they leave out is no mistake of ours.
  strict: false,
  allErrors: true,
  verbose: true,
  ownProperties: true,
  // Patterns are written for Go, where a dash may be escaped.
  unicodeRegExp: false,
  logger: false,
  // Whether a number fits in 32 bits is no question here, and a time stands in no document.
  formats: { ipv4: isIPv4, int32: true, int64: true, "date-time": true },
});

const validators = new Map<Schema, ValidateFunction>();

function validatorOf({ schema, checker }: TranscribedSchema): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const read = checker === "API server" ? forApiServer(schema) : forDhctl(schema);
  const validate = ajv.compile(read);
  validators.set(schema, validate);
  return validate;
}

/** What Kubernetes itself has against a Secret, of which there is no schema here. */
function secretFaults(document: ReadDocument): string[] {
  const { apiVersion, stringData = {} } = document as {
    apiVersion: string;
    stringData?: Record<string, unknown>;
  };
  return [
    ...(apiVersion === "v1" ? [] : [`Secret.apiVersion: ${apiVersion} is not v1`]),
    ...Object.entries(stringData)
      .filter(([, value]) => typeof value !== "string")
      .map(([key]) => `Secret.stringData.${key}: is not text`),
  ];
}
