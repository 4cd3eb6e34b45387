import { finding, type Finding } from "../findings/finding";

/** A secret setting that is read apart from the schema. */
export interface SecretSetting {
  /** The key with its namespace. */
  readonly key: string;
  /** The variable of the environment that counts when the key is not set. */
  readonly variable: string;
}

/** The secrets of this program, beside `vsphere:password`. */
export const secretSettings = {
  clusterAccountPassword: {
    key: "deckhouse-vsphere:clusterAccountPassword",
    variable: "DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD",
  },
  templateImagePassword: {
    key: "deckhouse-vsphere:templateImagePassword",
    variable: "DECKHOUSE_VSPHERE_TEMPLATE_IMAGE_PASSWORD",
  },
  registryDockerCfg: {
    key: "deckhouse-vsphere:registryDockerCfg",
    variable: "DECKHOUSE_VSPHERE_REGISTRY_DOCKER_CFG",
  },
  bgpPassword: {
    key: "deckhouse-vsphere:bgpPassword",
    variable: "DECKHOUSE_VSPHERE_BGP_PASSWORD",
  },
  nsxtPassword: {
    key: "deckhouse-vsphere:nsxtPassword",
    variable: "DECKHOUSE_VSPHERE_NSXT_PASSWORD",
  },
} as const satisfies Readonly<Record<string, SecretSetting>>;

/** The name of a secret. */
export type SecretName = keyof typeof secretSettings;

/** Where secrets are looked for. */
export interface SecretSources {
  readonly values: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Looks for a secret in the configuration, then in the environment; empty text is none.
 *
 * @param sources where to look
 * @param name which one
 */
export function secretOf(
  { values, environment }: SecretSources,
  name: SecretName,
): string | undefined {
  const { key, variable } = secretSettings[name];
  return values[key] || environment[variable] || undefined;
}

/**
 * The faults of the secrets that were given: of each, wherever it comes from.
 *
 * @param sources where to look
 * @param used those that go anywhere; what is left over in an environment harms nobody
 */
export function secretEdgeFaults(
  { values, environment }: SecretSources,
  used: ReadonlySet<SecretName>,
): Finding[] {
  return [...used].flatMap((name) => {
    const { key, variable } = secretSettings[name];
    const value = values[key];
    return value ? edgeFaults(key, value) : edgeFaults(variable, environment[variable] ?? "");
  });
}

/**
 * The fault of a secret with a blank or a line break at an end, as `echo` and editors leave one: Deckhouse cuts it off
 * where it builds an address and sends it where it logs in otherwise, so that one of the two is refused, and logins that
 * are refused lock an account.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go` (createVsphereClient), which trims what Go calls a
 * blank (unicode.IsSpace).
 *
 * @param source the key or the variable of the environment that has it
 * @param value the secret
 */
export function edgeFaults(source: string, value: string): Finding[] {
  const edges = [
    ...(/^\p{White_Space}/u.test(value) ? ["begins"] : []),
    ...(/\p{White_Space}$/u.test(value) ? ["ends"] : []),
  ];
  return edges.length === 0
    ? []
    : [
        {
          severity: "error",
          where: source,
          found: "<hidden>",
          wrong: `it ${edges.join(" and ")} with a blank or a line break, which is cut off in one place and not in another`,
          remedy: source.includes(":")
            ? `set it without (\`printf %s "$SECRET" | pulumi config set --secret ${source}\`), or choose a secret without`
            : `export it without (\`export ${source}="$(cat file)"\` leaves line breaks out), or choose a secret without`,
        },
      ];
}

/**
 * The fault that a secret is missing.
 *
 * @param name which one
 * @param wrong what needs it
 */
export function missingSecret(name: SecretName, wrong: string): Finding {
  const { key, variable } = secretSettings[name];
  const remedy = `run \`pulumi config set --secret ${key}\`, or export ${variable}`;
  return finding(key, undefined, wrong, remedy);
}

/**
 * The fault of credentials that no container registry could be reached with.
 *
 * Source: deckhouse/deckhouse `candi/openapi/init_configuration.yaml` (`registryDockerCfg`).
 *
 * @param value what was given, if anything
 */
export function registryCredentialFaults(value: string | undefined): Finding[] {
  return value === undefined || isDockerConfiguration(value)
    ? []
    : [
        finding(
          secretSettings.registryDockerCfg.key,
          value,
          "it is not the base64 text of a JSON object with auths, and no image could be fetched",
          'encode {"auths": {"registry.example.com": {"username": ..., "password": ...}}} with base64 -w0',
        ),
      ];
}

function isDockerConfiguration(value: string): boolean {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(value, "base64").toString("utf8"));
    return (
      /^[A-Za-z0-9+/]+=*$/.test(value) &&
      typeof decoded === "object" &&
      decoded !== null &&
      Object.hasOwn(decoded, "auths")
    );
  } catch {
    return false;
  }
}
