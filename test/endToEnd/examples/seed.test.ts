import { describeExample } from "../../support/exampleLifecycle";
import { builtin } from "../../support/templateStack";

// Simulated guests need the lab's installer, and wait for nothing.
describeExample({ name: "seed", inTheLab: { templateImage: builtin() }, resources: 24 });
