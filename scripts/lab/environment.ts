import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { rootCertificates } from "node:tls";
import { workFolderVariable } from "../../template/runner/run";
import type { LabFolders } from "./folders";
import type { Ready } from "./simulator";

/**
 * The passphrase of every stack in the lab. It protects nothing: the simulated vCenter behind it is gone in an hour. It
 * is fixed so that the salt in Pulumi.dev.yaml belongs to it, and creating the stack leaves that file as it is.
 */
export const labPassphrase = "lab";

/** Variables to set and to take away for programs that work on a simulated vCenter. */
export interface LabEnvironment {
  /** Folders to put in front of PATH. */
  readonly path: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  /** What a user may have set for another vCenter or engine and would change what happens in the lab. */
  readonly unset: readonly string[];
}

/** The engine and Packer that the lab built, or the official ones on the PATH. */
export interface EngineChoice {
  readonly folders: LabFolders;
  readonly official: boolean;
}

/** The variables with which `pulumi` uses this engine and keeps its stacks in a local folder. */
export function engineEnvironment(choice: EngineChoice, stateFolder: string): LabEnvironment {
  const { folders, official } = choice;
  const own = {
    PULUMI_HOME: folders.pulumiHome,
    // The lab's parts are beside the engine or installed; nothing else on the PATH may take their place.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    // A plugin that is missing is a fault of the lab; looking for it in the Internet would only hide that.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  return {
    path: official ? [folders.bin] : [folders.engine, folders.bin],
    set: {
      ...(official ? {} : own),
      PULUMI_BACKEND_URL: `file://${stateFolder}`,
      PULUMI_CONFIG_PASSPHRASE: labPassphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
    unset: ["PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_STACK", "PULUMI_ACCESS_TOKEN"],
  };
}

/**
 * The variables with which the lab's Packer is found, uses the lab's vSphere plugin and leaves the user's home alone. An
 * official Packer is that of the PATH, and keeps its own plugins and settings.
 */
export function packerEnvironment({ folders, official }: EngineChoice): LabEnvironment {
  const own = {
    PACKER_PLUGIN_PATH: folders.packerPlugins,
    PACKER_CONFIG_DIR: folders.packer,
    PACKER_CACHE_DIR: join(folders.packer, "cache"),
  };
  return {
    path: official ? [] : [folders.packerBin],
    set: {
      ...(official ? {} : own),
      // Packer would otherwise ask in the Internet for a newer release of itself.
      CHECKPOINT_DISABLE: "1",
      // The pause after each key of a boot command: a simulated guest reads as fast as Packer types.
      PACKER_KEY_INTERVAL: "1ms",
    },
    // Names a settings file, and wins over PACKER_CONFIG_DIR.
    unset: official ? [] : ["PACKER_CONFIG"],
  };
}

/** How to reach a simulated vCenter. */
export interface VCenterAccess {
  /** `host:port` */
  readonly server: string;
  /** `https://host:port/sdk` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Path of a PEM file with its certificate authority. */
  readonly certificateAuthority: string;
  /** Path of a PEM file with that and all that the machine trusts. */
  readonly certificateBundle: string;
  /** A folder in which govc may keep its sessions, instead of the user's home. */
  readonly sessionFolder: string;
  /** The password of the account that Deckhouse is to work with. */
  readonly clusterAccountPassword: string;
}

/** The variables with which this program, the plugins and `govc` work on a simulated vCenter. */
export function vcenterEnvironment(access: VCenterAccess): LabEnvironment {
  return {
    path: [],
    set: {
      VSPHERE_SERVER: access.server,
      VSPHERE_USER: access.user,
      VSPHERE_PASSWORD: access.password,
      SSL_CERT_FILE: access.certificateBundle,
      GOVC_URL: access.url,
      GOVC_USERNAME: access.user,
      GOVC_PASSWORD: access.password,
      GOVC_TLS_CA_CERTS: access.certificateAuthority,
      GOVMOMI_HOME: access.sessionFolder,
      DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD: access.clusterAccountPassword,
    },
    unset: [
      "VSPHERE_ALLOW_UNVERIFIED_SSL",
      "VSPHERE_PERSIST_SESSION",
      "VSPHERE_VIM_SESSION_PATH",
      "VSPHERE_REST_SESSION_PATH",
      "GOVC_INSECURE",
      "GOVC_DATACENTER",
      "GOVC_PERSIST_SESSION",
    ],
  };
}

/** All together; of a variable that several set, the last one counts. */
export function joinEnvironments(...parts: readonly LabEnvironment[]): LabEnvironment {
  return {
    path: parts.flatMap(({ path }) => path),
    set: Object.assign({}, ...parts.map(({ set }) => set)) as Record<string, string>,
    unset: parts.flatMap(({ unset }) => unset),
  };
}

/** The environment of a child process that works in the lab. */
export function processEnvironment(
  lab: LabEnvironment,
  base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const path = [...lab.path, base["PATH"] ?? ""].join(delimiter);
  const kept = Object.entries(base).filter(([name]) => !lab.unset.includes(name));
  return { ...Object.fromEntries(kept), ...lab.set, PATH: path };
}

/** A file for POSIX shells that sets the same when it is sourced, from any folder and more than once. */
export function shellEnvironment(lab: LabEnvironment): string {
  const prefix = lab.path.map((folder) => `${folder}:`).join("");
  return [
    "# Made by `make lab`; holds passwords of the simulated vCenter. Use it as:  . .lab/env",
    `case "$PATH" in`,
    `  ${quoted(prefix)}*) ;;`,
    `  *) PATH=${quoted(prefix)}"$PATH" ;;`,
    "esac",
    "export PATH",
    ...lab.unset.map((name) => `unset ${name}`),
    ...Object.entries(lab.set).map(([name, value]) => `export ${name}=${quoted(value)}`),
    "",
  ].join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Whether the user asked, by `LAB_OFFICIAL=1`, for the pulumi, the language host and the plugins on the PATH in place of
 * those the lab builds.
 */
export function usesOfficialEngine(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment["LAB_OFFICIAL"] === "1";
}

/** Where something that works on a simulated vCenter keeps what belongs to it. */
export interface LabPlaces {
  /** Keys, certificates and sessions. */
  readonly run: string;
  /** Stacks. */
  readonly state: string;
}

/** A password that nobody knows; for the account that Deckhouse is to work with. */
export function randomPassword(): string {
  return randomBytes(18).toString("base64url");
}

/**
 * Everything that programs need to work with the lab's engine and Packer on a running simulated vCenter. Writes the
 * bundle of certificates that it names.
 */
export function labEnvironment(
  choice: EngineChoice,
  places: LabPlaces,
  ready: Ready,
  clusterAccountPassword: string,
): LabEnvironment {
  const bundle = join(places.run, "certificates.pem");
  const given = process.env["SSL_CERT_FILE"];
  // Somebody who sourced the lab's environment has the lab's own bundle there, of an earlier authority.
  const users = given?.startsWith(choice.folders.root) === true ? undefined : given;
  mkdirSync(places.state, { recursive: true });
  writeFileSync(bundle, certificateBundle(ready.certificateAuthority, users));
  // With what they are about: the logs of a simulated vCenter's templates go when it goes.
  const templates = { [workFolderVariable]: join(places.run, "template-images") };
  return joinEnvironments(
    engineEnvironment(choice, places.state),
    packerEnvironment(choice),
    { path: [], set: templates, unset: [] },
    vcenterEnvironment({
      ...ready,
      certificateBundle: bundle,
      sessionFolder: join(places.run, "govmomi"),
      clusterAccountPassword,
    }),
  );
}

/** Where Linux distributions keep the certificate authorities that the machine trusts. */
const systemBundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The certificate authorities that this machine trusts, and the lab's own, as PEM text: SSL_CERT_FILE replaces a
 * program's list, and other tools in the same shell have to go on working.
 *
 * @param labAuthorityFile the lab's own
 * @param given the user's own SSL_CERT_FILE
 */
export function certificateBundle(labAuthorityFile: string, given: string | undefined): string {
  const file = [given, ...systemBundles].find((name) => name !== undefined && existsSync(name));
  const system = file === undefined ? rootCertificates.join("\n") : readFileSync(file, "utf8");
  return `${system.trimEnd()}\n${readFileSync(labAuthorityFile, "utf8")}`;
}
