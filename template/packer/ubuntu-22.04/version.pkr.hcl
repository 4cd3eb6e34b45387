# What is specific to this version of Ubuntu. Everything else is linked from ../ubuntu.

variable "os_version" {
  type        = string
  default     = "22.04"
  description = "Version, part of the template's name."
}

variable "os_codename" {
  type        = string
  default     = "jammy"
  description = "Codename, part of the template's name."
}

variable "guest_os_type" {
  type        = string
  default     = "ubuntu64Guest"
  description = "vSphere's name for the guest operating system."
}

variable "os_iso_url" {
  type        = string
  default     = "https://releases.ubuntu.com/22.04/ubuntu-22.04.5-live-server-amd64.iso"
  description = "Address of the installer of Ubuntu Server. Change it together with iso_checksum."
}

variable "iso_checksum" {
  type        = string
  default     = "sha256:9bc6028870aef3f74f4e16b900008179e78b130e6b0b9a140635434a46aa98b0"
  description = "Checksum of the file at os_iso_url."
}
