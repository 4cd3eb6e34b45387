import * as deserialize from "@pulumi/policy/deserialize";

/**
 * Under this key the properties of a resource that a policy gets have a function: it returns those of them that the state
 * would hold in the clear.
 */
const plain = Symbol("plain properties");

/** How the engine marks an encrypted value (pulumi/pulumi, sdk/go/common/resource/sig/sig.go). */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** What @pulumi/policy gets from the engine: the properties of a resource, as a protobuf structure. */
interface WireProperties {
  toJavaScript(): Record<string, unknown>;
}

type Unwrap = (wire: WireProperties, proxySecrets: boolean) => Record<string, unknown>;

/**
 * Lets policies see which properties are encrypted, by {@link plainProperties}. @pulumi/policy 1.21.0 unwraps secrets
 * before a policy sees them, and tells in no other way: so this stands in front of the function that does it. Nothing else
 * knows that function, and test/endToEnd/policy.test.ts shows that it works with the version that is installed.
 */
export function showPlainProperties(): void {
  // It has no types: they leave out what is internal.
  const module = deserialize as unknown as { deserializeProperties: Unwrap };
  const unwrap = module.deserializeProperties;
  module.deserializeProperties = (wire, proxySecrets) => {
    const properties = unwrap(wire, proxySecrets);
    const rest = (): unknown => withoutSecrets(wire.toJavaScript());
    return Object.defineProperty(properties, plain, { value: rest });
  };
}

/** The properties of a resource without those that are encrypted. */
export function plainProperties(properties: Readonly<Record<PropertyKey, unknown>>): unknown {
  const rest = properties[plain] as (() => unknown) | undefined;
  if (rest === undefined) throw new Error("the properties were read before showPlainProperties()");
  return rest();
}

/** A value as the engine sends it, without what is encrypted in it. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  if ((value as Record<string, unknown>)[signature] === secretSignature) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]),
  );
}
