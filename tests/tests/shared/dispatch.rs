//! From the path of an endpoint to its types.
#![allow(dead_code, reason = "each test uses a part")]

use serde_json::Value;
use weixin::{Endpoint, Error, Meta, Validate, Violations};
use weixin::{card, cgi_bin, datacube, promoter};

macro_rules! endpoints {
    ($($path:literal => $request:ty),+ $(,)?) => {
        pub(crate) const PATHS: &[&str] = &[$($path),+];

        /// Reads a request and checks it.
        pub(crate) fn check(path: &str, request: &Value) -> Result<Result<(), Violations>, serde_json::Error> {
            match path {
                $($path => serde_json::from_value::<$request>(request.clone()).map(|request| request.validate()),)+
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// Reads a request and writes it again.
        pub(crate) fn rewrite(path: &str, request: &Value) -> Result<Value, serde_json::Error> {
            match path {
                $($path => serde_json::from_value::<$request>(request.clone()).and_then(serde_json::to_value),)+
                _ => panic!("{path} is no endpoint"),
            }
        }

        /// Reads an answer and writes it again.
        pub(crate) fn read(path: &str, status: u16, body: &[u8]) -> Result<Value, Error> {
            match path {
                $($path => <$request>::read(status, body).map(|answer| serde_json::to_value(answer).expect("it is written")),)+
                _ => panic!("{path} is no endpoint"),
            }
        }

        pub(crate) fn meta(path: &str) -> &'static Meta {
            match path {
                $($path => <$request as Endpoint>::META,)+
                _ => panic!("{path} is no endpoint"),
            }
        }
    };
}

endpoints! {
    "/card/batchget" => card::BatchGet,
    "/card/code/consume" => card::code::Consume,
    "/card/code/decrypt" => card::code::Decrypt,
    "/card/code/get" => card::code::Get,
    "/card/code/mark" => card::code::Mark,
    "/card/code/unavailable" => card::code::Unavailable,
    "/card/code/update" => card::code::Update,
    "/card/create" => card::Create,
    "/card/delete" => card::Delete,
    "/card/get" => card::Get,
    "/card/getapplyprotocol" => card::GetApplyProtocol,
    "/card/getcolors" => card::GetColors,
    "/card/modifystock" => card::ModifyStock,
    "/card/qrcode/create" => card::qrcode::Create,
    "/card/submerchant/batchget" => card::submerchant::BatchGet,
    "/card/submerchant/get" => card::submerchant::Get,
    "/card/submerchant/submit" => card::submerchant::Submit,
    "/card/submerchant/update" => card::submerchant::Update,
    "/card/testwhitelist/set" => card::testwhitelist::Set,
    "/card/update" => card::Update,
    "/card/user/getcardlist" => card::user::GetCardList,
    "/cgi-bin/media/uploadimg" => cgi_bin::media::UploadImg,
    "/datacube/getcardbizuininfo" => datacube::GetCardBizuinInfo,
    "/datacube/getcardcardinfo" => datacube::GetCardCardInfo,
    "/datacube/getcardmembercarddetail" => datacube::GetCardMemberCardDetail,
    "/datacube/getcardmembercardinfo" => datacube::GetCardMemberCardInfo,
    "/promoter/getorder" => promoter::GetOrder,
    "/promoter/getrelation" => promoter::GetRelation,
    "/promoter/getsharematerial" => promoter::GetShareMaterial,
}

/// Asserts that the dispatch knows each endpoint of the model, under the name that the model gives it.
pub(crate) fn assert_complete(model: &weixin_codegen::model::Model) {
    let documented: Vec<&str> = model.endpoints.iter().map(|endpoint| endpoint.path.as_str()).collect();
    assert_eq!(PATHS, documented);
    for endpoint in &model.endpoints {
        assert_eq!(meta(&endpoint.path).path, endpoint.path);
        assert_eq!(meta(&endpoint.path).name, endpoint.rust_name());
    }
}
