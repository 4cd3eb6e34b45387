import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { Simulator, type SimulatorOptions } from "../../scripts/lab/simulator";
import { TestStack, type StackOptions } from "../../scripts/lab/stack";
import { removeFolder, temporaryFolder } from "./temporaryFolder";

/** A simulated vCenter, and a stack for it. */
export interface StackForTests {
  readonly simulator: Simulator;
  readonly stack: TestStack;
}

/** What the vCenter has and the stack is made with: the example, unless it is said. */
export interface StackSetup extends Partial<StackOptions>, Pick<SimulatorOptions, "generate"> {
  /** Writes an inventory for the vCenter into a folder, and returns the path of the file. */
  readonly inventory?: (folder: string) => string;
}

/** Gives all tests of a suite one stack, which is disposed of after them. */
export function stackForAllTests(use: (made: StackForTests) => void, setup: StackSetup = {}): void {
  const { make, remove } = hooks(use, setup);
  before(make);
  after(remove);
}

/** Gives each test of a suite a stack of its own, which is disposed of after the test. */
export function stackForEachTest(use: (made: StackForTests) => void, setup: StackSetup = {}): void {
  const { make, remove } = hooks(use, setup);
  beforeEach(make);
  afterEach(remove);
}

/** The kinds of the sessions of this program that are open; the vSphere provider leaves its own. */
export async function ownSessions({ control }: Simulator): Promise<string[]> {
  return (await control.sessions())
    .filter(({ userAgent }) => userAgent.startsWith("deckhouse-vsphere"))
    .map(({ kind }) => kind);
}

function hooks(
  use: (made: StackForTests) => void,
  { inventory, generate, configuration = exampleConfiguration(), environment = {} }: StackSetup,
): Record<"make" | "remove", () => Promise<void>> {
  let folder: string;
  let simulator: Simulator | undefined;
  let stack: TestStack | undefined;
  return {
    make: async () => {
      folder = temporaryFolder();
      const contents = generate === undefined ? {} : { generate };
      simulator = await Simulator.start({ inventory: inventory?.(folder), ...contents });
      stack = await TestStack.create(simulator, { configuration, environment });
      use({ simulator, stack });
    },
    remove: async () => {
      stack?.dispose();
      await simulator?.stop();
      removeFolder(folder);
    },
  };
}
