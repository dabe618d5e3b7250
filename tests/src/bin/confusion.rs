//! Presents every kind of signed message everywhere, prints the table, and writes it into the page that is named.

use std::process::ExitCode;

use conformance::confusion;

fn main() -> ExitCode {
    let matrix = match confusion::matrix() {
        Ok(matrix) => matrix,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    print!("{}", matrix.text);
    for wrong in &matrix.wrong {
        eprintln!("{wrong}");
    }
    if let Some(path) = std::env::args().nth(1) {
        let page =
            std::fs::read_to_string(&path).ok().and_then(|page| confusion::put_into(&page, &matrix.text));
        let written = page.map(|page| std::fs::write(&path, page));
        if !matches!(written, Some(Ok(()))) {
            eprintln!("{path} can't be read or written, or lacks the markers");
            return ExitCode::from(2);
        }
    }
    ExitCode::from(u8::from(!matrix.wrong.is_empty()))
}
