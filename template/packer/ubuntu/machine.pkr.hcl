# The virtual machine that becomes the template, and its name.

variable "os_family" {
  type        = string
  default     = "ubuntu"
  description = "First part of the template's name."
}

variable "image_name_suffix" {
  type        = string
  default     = ""
  description = "Last part of the template's name. An existing template is never replaced under its name, because Deckhouse would recreate the machines of the cluster; build another one beside it with a different suffix."

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]*$", var.image_name_suffix))
    error_message = "The value of image_name_suffix may contain only letters, digits, dots, hyphens and underscores."
  }
}

variable "vm_hardware_version" {
  type        = number
  default     = 15
  description = "Version of the virtual hardware. 15 runs on ESXi 6.7 Update 2 and later."

  validation {
    condition     = var.vm_hardware_version >= 15
    error_message = "The value of vm_hardware_version is too low: Deckhouse requires 15 or newer."
  }
}

variable "nic_type" {
  type        = string
  default     = "vmxnet3"
  description = "Type of the only network adapter."
}

variable "root_disk_size" {
  type        = number
  default     = 20000
  description = "Size of the only disk in MiB. It must not be larger than the smallest root disk of a node, which is 20 GiB unless configured."
}

variable "num_cpu" {
  type        = number
  default     = 4
  description = "Number of processors during the build."
}

variable "num_cores" {
  type        = number
  default     = 1
  description = "Number of cores in each socket during the build."
}

variable "vm_ram" {
  type        = number
  default     = 4096
  description = "Memory during the build in MiB."
}
