import { finding, type Finding } from "../findings/finding";
import { passwordHashFaults } from "./passwordHash";
import { registryFaults } from "./registry";
import { allSettings, findSetting, settings, type SettingSources } from "./settings";
import { ingressesOf, type Cluster, type FirstUser, type Proxy } from "./clusterTypes";
import type { Configuration, TemplateImage } from "./types";

/** The name of a secret that goes into documents or builds templates. */
export type SecretName =
  | "clusterAccountPassword"
  | "templateImagePassword"
  | "registryDockerCfg"
  | "bgpPassword"
  | "nsxtPassword"
  | "proxyPassword"
  | "firstUserPasswordHash";

/** The secrets that the documents hold; undefined for what was not given. */
export type DocumentSecrets = Readonly<
  Record<Exclude<SecretName, "templateImagePassword">, string | undefined>
>;

/** The secrets that documents of a configuration really hold. */
export type UsedSecrets = Readonly<Partial<Record<keyof DocumentSecrets, string>>>;

/** Secrets that stand in the stack's file in the clear: the engine stores the whole configuration in the state. */
export function unencryptedSecrets({
  values,
  encryptedKeys,
}: {
  readonly values: Readonly<Record<string, string>>;
  readonly encryptedKeys: ReadonlySet<string>;
}): Finding[] {
  return allSettings
    .filter(({ key, secret }) => secret && values[key] !== undefined && !encryptedKeys.has(key))
    .map(({ key }) =>
      finding(
        key,
        values[key],
        "it is not encrypted, so it would stand in the state in the clear",
        `run \`pulumi config set --secret ${key}\`, and change the password if the file was shared`,
      ),
    );
}

/** Looks for every secret that the documents hold, in the configuration and in the environment. */
export function documentSecretsFrom(sources: SettingSources): DocumentSecrets {
  const secretOf = (name: SecretName) => findSetting(sources, name).value;
  return {
    clusterAccountPassword: secretOf("clusterAccountPassword"),
    registryDockerCfg: secretOf("registryDockerCfg"),
    bgpPassword: secretOf("bgpPassword"),
    nsxtPassword: secretOf("nsxtPassword"),
    proxyPassword: secretOf("proxyPassword"),
    firstUserPasswordHash: secretOf("firstUserPasswordHash"),
  };
}

/**
 * What is wrong with the secrets that go into documents, and which are missing.
 *
 * @param configuration undefined when it has faults itself: nobody knows then which secrets it needs
 */
export function documentSecretFaults(
  sources: SettingSources,
  configuration: Configuration | undefined,
): Finding[] {
  const edges = usedSecrets(configuration)
    .map((name) => findSetting(sources, name))
    .flatMap(({ value, source }) => edgeFaults(source, value ?? ""));
  const registry = findSetting(sources, "registryDockerCfg");
  const clusters = clustersOf(configuration);
  const nsxt = clusters.find((cluster) => cluster.nsxt !== undefined)?.nsxt;
  const isMissing = (name: SecretName) => findSetting(sources, name).value === undefined;
  const findings = [...edges];
  if (registry.value !== undefined && !edges.some(({ where }) => where === registry.source)) {
    findings.push(
      ...registryFaults(settings.registryDockerCfg.key, registry.value, configuration?.deckhouse),
    );
  }
  if (clusters.length > 0 && isMissing("clusterAccountPassword")) {
    const account = configuration?.clusterAccount?.username ?? "its account";
    findings.push(
      missingSecret(
        "clusterAccountPassword",
        `the cluster configuration needs the password of ${account}`,
      ),
    );
  }
  if (nsxt !== undefined && isMissing("nsxtPassword")) {
    findings.push(
      missingSecret(
        "nsxtPassword",
        `the cluster configuration needs the password of ${nsxt.user} in NSX-T`,
      ),
    );
  }
  const proxy = clusters.map(proxyOf).find((one) => one?.username !== undefined);
  if (proxy !== undefined && isMissing("proxyPassword")) {
    findings.push(
      missingSecret(
        "proxyPassword",
        `the cluster configuration needs the password of ${proxy.username ?? ""} at the proxy`,
      ),
    );
  }
  const user = clusters.map(firstUserOf).find((one) => one !== undefined);
  const hash = findSetting(sources, "firstUserPasswordHash");
  if (user !== undefined && hash.value === undefined) {
    findings.push(
      missingSecret(
        "firstUserPasswordHash",
        `${user.email} could not log in without the hash of a password`,
      ),
    );
  } else if (user !== undefined && !edges.some(({ where }) => where === hash.source)) {
    findings.push(...passwordHashFaults(hash.source, hash.value ?? ""));
  }
  return findings;
}

/** The secrets that go anywhere; what is left over in an environment harms nobody. */
function usedSecrets(configuration: Configuration | undefined): SecretName[] {
  const clusters = clustersOf(configuration);
  const uses: Readonly<Record<SecretName, boolean>> = {
    clusterAccountPassword: clusters.length > 0,
    registryDockerCfg: clusters.some(({ controlPlane }) => controlPlane === "vSphere"),
    bgpPassword: clusters.some(
      (cluster) =>
        cluster.controlPlane === "vSphere" &&
        ingressesOf(cluster).some(({ kind }) => kind === "metallbBGP"),
    ),
    nsxtPassword: clusters.some(({ nsxt }) => nsxt !== undefined),
    proxyPassword: clusters.some((cluster) => proxyOf(cluster)?.username !== undefined),
    firstUserPasswordHash: clusters.some((cluster) => firstUserOf(cluster) !== undefined),
    templateImagePassword: builderOf(configuration?.templateImage) !== undefined,
  };
  return (Object.keys(uses) as SecretName[]).filter((name) => uses[name]);
}

/** Those of the secrets that some document holds: others may be left over in an environment. */
export function usedDocumentSecrets(
  configuration: Configuration,
  secrets: DocumentSecrets,
): UsedSecrets {
  return Object.fromEntries(
    usedSecrets(configuration).flatMap((name) => {
      const value = name === "templateImagePassword" ? undefined : secrets[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function clustersOf(configuration: Configuration | undefined): Cluster[] {
  return configuration?.regions.flatMap(({ cluster }) => cluster ?? []) ?? [];
}

function proxyOf(cluster: Cluster): Proxy | undefined {
  return cluster.controlPlane === "vSphere" ? cluster.proxy : undefined;
}

function firstUserOf(cluster: Cluster): FirstUser | undefined {
  return cluster.controlPlane === "vSphere" ? cluster.firstUser : undefined;
}

/** The account of its own that builds templates, if there is one. */
export function builderOf(image: TemplateImage | undefined): string | undefined {
  return image?.kind === "built" ? image.username : undefined;
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

/** The finding that a secret is missing; `wrong` says what needs it. */
export function missingSecret(name: SecretName, wrong: string): Finding {
  const { key, variable } = settings[name];
  return finding(
    key,
    undefined,
    wrong,
    `run \`pulumi config set --secret ${key}\`, or export ${variable}`,
  );
}
