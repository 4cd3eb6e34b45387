import type { LabFolders } from "./folders";

/** A Go program of the lab. */
export interface Binary {
  readonly name: string;
  /** The folder of its Go module, below lab/. */
  readonly module: string;
  /** What to build, as `go build` wants it. */
  readonly package: string;
  /** Own sources, as paths in the module; what it takes from other modules is pinned by go.mod and go.sum. */
  readonly sources: readonly string[];
  /** Paths in the module that belong to other programs. */
  readonly foreignSources?: readonly string[];
  readonly linkerFlags: string;
  readonly folder: keyof Pick<LabFolders, "bin" | "engine" | "packerBin" | "build">;
  /** Measured on two cores without any Go cache, to tell a user how long to wait. */
  readonly usualSeconds: number;
}

/** Leaves debug information out: a third of the size. */
const small = "-s -w";

/** The simulated vCenter, and the command line tool to look at it. */
const simulated: readonly Binary[] = [
  {
    name: "vcenter-simulator",
    module: "vcenter",
    package: "./cmd/vcenter-simulator",
    sources: ["."],
    foreignSources: ["cmd/govc"],
    linkerFlags: small,
    folder: "bin",
    usualSeconds: 40,
  },
  {
    name: "govc",
    module: "vcenter",
    package: "./cmd/govc",
    sources: ["cmd/govc"],
    linkerFlags: small,
    folder: "bin",
    usualSeconds: 20,
  },
];

/** The engine and its parts, built because the official ones are not in any package registry. */
const engine: readonly Binary[] = [
  {
    name: "pulumi",
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    sources: [],
    // The version that it tells, and that the SDK checks.
    linkerFlags: `${small} -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.259.0`,
    folder: "engine",
    usualSeconds: 260,
  },
  {
    name: "pulumi-language-nodejs-host",
    module: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    sources: [],
    linkerFlags: small,
    folder: "engine",
    usualSeconds: 60,
  },
  {
    // Starts the host with the options of Pulumi.yaml, which the engine gives to hosts in another way now.
    name: "pulumi-language-nodejs",
    module: "pulumi-language-nodejs",
    package: ".",
    sources: ["."],
    linkerFlags: small,
    folder: "engine",
    usualSeconds: 2,
  },
  {
    // Stands in front of the host when there is a policy pack, which the host cannot run.
    name: "pulumi-language-nodejs-policies",
    module: "pulumi",
    package: "./pulumi-language-nodejs-policies",
    sources: ["pulumi-language-nodejs-policies"],
    linkerFlags: small,
    folder: "engine",
    usualSeconds: 30,
  },
  {
    name: "pulumi-resource-vsphere",
    module: "pulumi-resource-vsphere",
    package: ".",
    sources: ["."],
    linkerFlags: small,
    folder: "build",
    usualSeconds: 200,
  },
  {
    name: "pulumi-resource-command",
    module: "pulumi-resource-command",
    package: ".",
    sources: ["."],
    linkerFlags: small,
    folder: "build",
    usualSeconds: 80,
  },
];

/** Packer and its vSphere plugin, which build templates. */
const packer: readonly Binary[] = [
  {
    name: "packer",
    module: "packer",
    package: "github.com/hashicorp/packer",
    sources: [],
    linkerFlags: small,
    folder: "packerBin",
    usualSeconds: 170,
  },
  {
    name: "packer-plugin-vsphere",
    module: "packer-plugin-vsphere",
    package: "github.com/hashicorp/packer-plugin-vsphere",
    sources: [],
    linkerFlags: small,
    folder: "build",
    usualSeconds: 155,
  },
];

/** Writes sdks/vsphere; only `make generate` and the test of it need this one. */
export const sdkGenerator: Binary = {
  name: "generate-vsphere-sdk",
  module: "pulumi",
  package: "./generate-vsphere-sdk",
  sources: ["generate-vsphere-sdk"],
  linkerFlags: small,
  folder: "build",
  usualSeconds: 30,
};

/** Checks .github/workflows; only `make test` and `make lint` need this one. */
export const workflowLinter: Binary = {
  name: "actionlint",
  module: "actionlint",
  package: "github.com/rhysd/actionlint/cmd/actionlint",
  sources: [],
  linkerFlags: small,
  folder: "build",
  usualSeconds: 25,
};

/** The binaries that the lab runs on: the simulated ones alone when the user brings an official engine and Packer. */
export function labBinaries(official: boolean): readonly Binary[] {
  return official ? simulated : [...simulated, ...engine, ...packer];
}

/** A plugin that is installed for the engine after it was built. */
export interface EnginePlugin {
  readonly name: string;
  /** The release of the official plugin whose place it takes. */
  readonly version: string;
  /** The name of its binary. */
  readonly binary: string;
}

export const vspherePlugin: EnginePlugin = {
  name: "vsphere",
  version: "4.18.2",
  binary: "pulumi-resource-vsphere",
};

export const commandPlugin: EnginePlugin = {
  name: "command",
  version: "1.2.1",
  binary: "pulumi-resource-command",
};

/** Packer's vSphere plugin, which is installed for Packer after it was built. */
export const packerPlugin = {
  /** Where templates say that it comes from: its present home, though this release was made at an earlier one. */
  source: "github.com/vmware/vsphere",
  version: "1.4.2",
  binary: "packer-plugin-vsphere",
};
