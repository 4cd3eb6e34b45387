import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPacker, type PackerRun } from "./packerProcess";
import type { Simulator } from "../../scripts/lab/simulator";

/** A Packer folder to build from. */
export interface PackerBuildOptions {
  readonly folder: string;
  /** `20.04.pkrvars.hcl`, for a folder that has one for each version. */
  readonly versionFile?: string;
  /** Variables that replace those for the example vCenter. */
  readonly variables?: Readonly<Record<string, string | number>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Names what no build of the tests may show. */
export const buildPassword = "build-password-2f0d81";

/**
 * Builds with the real Packer on a simulated vCenter: in a private copy of the folder, with a small file as ISO, and with
 * the loopback address in place of the one that Packer would choose.
 */
export async function buildTemplate(
  simulator: Simulator,
  options: PackerBuildOptions,
): Promise<PackerRun> {
  const temporary = await mkdtemp(join(tmpdir(), "packer-build-"));
  try {
    const copy = join(temporary, "folder");
    await cp(options.folder, copy, { recursive: true, dereference: true });
    await replaceHttpAddress(copy);
    const iso = join(temporary, "installer.iso");
    const content = Buffer.from("not an installer");
    await writeFile(iso, content);
    const values = {
      ...exampleValues(simulator),
      os_iso_url: `file://${iso}`,
      iso_checksum: `sha256:${createHash("sha256").update(content).digest("hex")}`,
      ...options.variables,
    };
    const valueFile = join(temporary, "values.pkrvars.json");
    await writeFile(valueFile, JSON.stringify(values));
    const files = [options.versionFile, valueFile].filter((file) => file !== undefined);
    return await runPacker(
      ["build", "-color=false", ...files.map((file) => `-var-file=${file}`), "."],
      {
        folder: copy,
        environment: {
          SSL_CERT_FILE: simulator.certificateAuthorityFile,
          PACKER_CACHE_DIR: join(temporary, "cache"),
          PKR_VAR_vcenter_password: simulator.connection.password,
          ...options.environment,
        },
      },
    );
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Puts the loopback address in the place of Packer's in both spellings, as a configured address would be. */
async function replaceHttpAddress(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/\.(pkr|pkrvars)\.hcl$/.test(name)) continue;
    const file = join(folder, name);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replaceAll(/\{\{ ?\.HTTPIP ?\}\}/g, "127.0.0.1"));
  }
}

/** Values for the example inventory, and times for a guest that does everything at once. */
function exampleValues(simulator: Simulator): Readonly<Record<string, string | number>> {
  return {
    vcenter_server: simulator.connection.server,
    vcenter_username: simulator.connection.user,
    vcenter_datacenter: "X1",
    vcenter_cluster: "x1_cluster_prod",
    vcenter_resource_pool: "",
    vcenter_datastore: "x1_lun_1",
    vcenter_folder: "Templates",
    vm_network: "k8s-nodes",
    boot_wait: "100ms",
    ip_settle_timeout: "1ns",
    ssh_port: 2222,
  };
}
