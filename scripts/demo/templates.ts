import { SimulatorControl, type Guest, type Machine } from "../lab/simulatorControl";

const bytesOfGibibyte = 1024 ** 3;

/** What the simulated vCenter has of templates that were built or copied, and what happened in the simulated guest. */
export async function readTemplates(control: string): Promise<string[]> {
  const simulator = new SimulatorControl(control);
  const [machines, guests] = [await simulator.virtualMachines(), await simulator.guests()];
  return machines
    .filter(({ path }) => !path.endsWith("-of-others"))
    .flatMap((machine) => {
      const guest = guests.find(({ path }) => path === machine.path);
      return [
        `${machine.path}  ${guest === undefined ? "copied" : "built by Packer"}`,
        `  ${hardware(machine)}`,
        ...(guest === undefined ? [] : history(guest)),
      ];
    });
}

function hardware({ template, hardwareVersion, disks, networkAdapters }: Machine): string {
  const sizes = disks.map(({ bytes }) => `${(bytes / bytesOfGibibyte).toFixed(1)} GiB`);
  const adapters = networkAdapters.map(({ type, network }) => `${type} on ${network}`);
  const kind = template ? "a template" : "no template";
  return `${kind}, ${hardwareVersion}, disk ${sizes.join(", ")}, ${adapters.join(", ")}`;
}

function history({ fetches, sshUsers, commands }: Guest): string[] {
  return [
    ...fetches.map(({ url, status }) => `  its installer fetched ${url} (${status})`),
    `  prepared over SSH as ${sshUsers.join(", ")} with ${commands.length} commands`,
  ];
}
