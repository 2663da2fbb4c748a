// The life of a coupon with co-wechat-api, against the fake.
//
//     node coupon.cjs http://127.0.0.1:8080 APPID SECRET
//
// Ends with 0 when all went as it should.

const assert = require('node:assert');
const WechatAPI = require('co-wechat-api');

const [base, appid, secret] = process.argv.slice(2);

/** Takes what is meant for WeChat to the fake. */
class Here extends WechatAPI {
  request(url, options) {
    return super.request(url.replace('https://api.weixin.qq.com', base), options);
  }
}

/** What people do: reviewers and users. */
async function control(path, body) {
  const response = await fetch(`${base}/fake${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, await response.clone().text());
  return response.json();
}

async function main() {
  const api = new Here(appid, secret);
  const { colors } = await api.getColors();
  assert.ok(colors.length > 0);

  const { card_id } = await api.createCard({
    card_type: 'GENERAL_COUPON',
    general_coupon: {
      base_info: {
        logo_url: 'http://mmbiz.qpic.cn/mmbiz/maple0example0logo0picture/0',
        code_type: 'CODE_TYPE_TEXT',
        brand_name: '青禾茶室',
        title: '优惠券',
        color: 'Color010',
        notice: '请出示',
        description: '每桌限用一张',
        date_info: { type: 'DATE_TYPE_FIX_TERM', fixed_term: 15, fixed_begin_term: 0 },
        sku: { quantity: 10 },
      },
      default_detail: '满一百减十',
    },
  });
  const { show_qrcode_url } = await api.createQRCode({ card_id });
  assert.ok(show_qrcode_url);

  await control('/cards/review', { card_id, verdict: 'approve' });
  const { code } = await control('/cards/claim', { card_id, openid: 'oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf' });
  const found = await api.getCode(code);
  assert.equal(found.card.card_id, card_id);

  const redeemed = await api.consumeCode(code, card_id);
  assert.equal(redeemed.openid, 'oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf');
  await assert.rejects(api.consumeCode(code, card_id), (error) => error.code === 40099);
  console.log('co-wechat-api redeemed a coupon');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
