//! JSON as XML, for pushes that tests make.

use crate::json::{Done, Reader};

/// The element that every push is.
const ROOT: &str = "xml";

/// An object as one element: texts in CDATA, numbers bare, and an element for each item of a list.
pub(super) fn to_xml(json: &str) -> String {
    let mut out = String::new();
    // What was written from an object can be read.
    let written = element(&mut Reader::new(json), ROOT, &mut out);
    debug_assert!(written.is_ok(), "JSON that was written");
    out
}

fn element(reader: &mut Reader<'_>, name: &str, out: &mut String) -> Done {
    if reader.next_byte() == b'[' {
        let mut list = reader.open_list()?;
        while let Some(close) = list {
            element(reader, name, out)?;
            list = reader.next_item(close)?.then_some(close);
        }
        return Ok(());
    }
    out.push_str(&format!("<{name}>"));
    match reader.next_byte() {
        b'{' => {
            let mut next = reader.open_object()?;
            while let Some(key) = next {
                element(reader, &key, out)?;
                next = reader.next_key()?;
            }
        }
        b'"' => {
            let text = reader.text()?;
            // The end of a CDATA section cannot stand inside of one.
            out.push_str(&format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>")));
        }
        _ => out.push_str(reader.bare()?),
    }
    out.push_str(&format!("</{name}>"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::to_xml;

    #[test]
    fn objects_become_elements() {
        let json = r#"{"a":"x]]>&<y>","b":[1,"2",{"c":true}],"d":{},"e":[]}"#;
        let xml = to_xml(json);
        assert_eq!(
            xml,
            "<xml><a><![CDATA[x]]]]><![CDATA[>&<y>]]></a><b>1</b><b><![CDATA[2]]></b><b><c>true</c></b><d></d></xml>"
        );
        assert_eq!(
            crate::xml::to_json(&xml).expect("XML"),
            r#"{"a":"x]]>&<y>","b":"1","b":"2","b":{"c":"true"},"d":""}"#
        );
    }
}
