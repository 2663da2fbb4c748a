//! Every endpoint that takes a file: its bytes arrive as they are, under their name and type.

use serde_json::{Value, json};
use weixin_codegen::model::{Body, Scalar, TypeRef};

use crate::support::{Reply, Server};
use crate::{dispatch, walk};

#[tokio::test]
async fn every_file_arrives_as_it_is() {
    let model = weixin_tests::real();
    let picture = b"\xff\xd8\xff\r\n--part\r\n\r\n\x00\xfe--";
    let mut files = 0;
    for endpoint in model.endpoints.iter().filter(|endpoint| endpoint.body == Body::Multipart) {
        let mut request = walk::required(&model, &endpoint.request.whole(), None);
        let file = |field: &&weixin_codegen::model::Field| field.ty == TypeRef::Scalar(Scalar::File);
        for field in endpoint.request.fields().filter(file) {
            request.insert(field.wire.clone(), json!({ "name": "logo.jpg", "bytes": picture, "mime": "image/jpeg" }));
        }
        let response = endpoint.examples.iter().find_map(|example| example.response.as_ref()).expect("an example");
        let server = Server::start(vec![Reply::json(response)]).await;
        dispatch::send(&endpoint.path, &Value::Object(request), &server.client()).await.expect("a response");
        let seen = server.only();
        server.saw(&seen, endpoint.method.as_str(), &endpoint.path);
        let content_type = seen.header("content-type").expect("a content type");
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a form");
        let parts = parts(&seen.body, boundary);
        for field in endpoint.request.fields().filter(file) {
            let disposition = format!("Content-Disposition: form-data; name=\"{}\"; filename=\"logo.jpg\"", field.wire);
            let head = [disposition.as_str(), "Content-Type: image/jpeg"];
            let part = parts.iter().find(|(own, _)| own.lines().eq(head)).expect("the part of the file");
            assert_eq!(part.1, picture);
            files += 1;
        }
    }
    assert!(files > 0);
}

fn parts(body: &[u8], boundary: &str) -> Vec<(String, Vec<u8>)> {
    let mark = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(&mark.as_bytes()[2..]).expect("the form begins with its boundary");
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, mark.as_bytes()).expect("the part ends");
        let head = find(&part[..end], b"\r\n\r\n").expect("the part has a head");
        parts.push((String::from_utf8_lossy(&part[..head]).into_owned(), part[head + 4..end].to_vec()));
        rest = &part[end + mark.len()..];
    }
    assert_eq!(rest, b"--\r\n", "the form ends");
    parts
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}
