fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let t = std::time::Instant::now();
        let d = match recap_document::read(&bytes, &recap_document::Hints { name: Some(&path), ..Default::default() }) { Ok(d) => d, Err(e) => { println!("{path}: {e}"); continue } };
        println!("## {path} {:?} {} {:?}", d.format, d.charset, t.elapsed());
        println!("{:?}", d.meta);
        for (i, b) in d.blocks.iter().enumerate() {
            let depth = d.ancestors(i).count();
            let t = if b.kind.is_leaf() { d.text_of(i) } else { "" };
            println!("{}{:?}{} {:?} {}", "  ".repeat(depth), b.kind, b.attrs.iter().map(|(k,v)| format!(" {k}={v}")).collect::<String>(), t.chars().take(110).collect::<String>(),
               b.links.iter().map(|l| format!("[{}|{}|{:?}]", d.slice(l.span), l.url, l.form)).collect::<String>());
        }
    }
}
