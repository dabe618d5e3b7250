//! `keys new`: a key pair for a merchant, as two PEM files.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use alipay_instore::keys::generate;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;

const PRIVATE: &str = "merchant_private_key.pem";
const PUBLIC: &str = "merchant_public_key.pem";

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make an RSA key pair in a folder: merchant_private_key.pem, for its owner only, and
    /// merchant_public_key.pem. Files that are there are never overwritten.
    New(New),
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder; made if it is not there.
    dir: PathBuf,
    /// The length: 2048, 3072, 4096 or 8192.
    #[arg(long, default_value_t = 2048)]
    bits: u32,
}

impl Keys {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let Keys::New(New { dir, bits }) = self;
        let (private, public) = (dir.join(PRIVATE), dir.join(PUBLIC));
        if private.exists() || public.exists() {
            return Err(exists());
        }
        let key = generate(bits)?;
        fs::create_dir_all(&dir).map_err(|error| Failure::io("the folder can't be made", &error))?;
        write(&private, key.private_pem.as_bytes(), 0o600)?;
        write(&public, key.public_pem.as_bytes(), 0o644)?;
        output.result(
            format_args!(
                "{}\n{}\nfingerprint {}\nGive the public key to the gateway; keep the private one secret.",
                private.display(),
                public.display(),
                key.fingerprint
            ),
            &json!({
                "private_key": private.to_string_lossy(),
                "public_key": public.to_string_lossy(),
                "fingerprint": key.fingerprint,
                "bits": bits,
            }),
        );
        Ok(Exit::Done)
    }
}

fn write(path: &Path, text: &[u8], mode: u32) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text)?;
        file.sync_all()
    });
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(),
        _ => Failure::io("the key can't be written", &error),
    })
}

fn exists() -> Failure {
    Failure::new(
        "cli.exists",
        "the folder holds keys already",
        "choose another folder, or move the keys away",
    )
}
