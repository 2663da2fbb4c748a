"""The life of a coupon with wechatpy, against the fake.

    python coupon.py http://127.0.0.1:8080 APPID SECRET

Ends with 0 when all went as it should.
"""

import sys

import requests
from requests.adapters import HTTPAdapter
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

WECHAT = "https://api.weixin.qq.com"
base, appid, secret = sys.argv[1:]


class Here(HTTPAdapter):
    """Takes what is meant for WeChat to the fake."""

    def send(self, request, **options):
        request.url = request.url.replace(WECHAT, base)
        return super().send(request, **options)


def control(path, body):
    """What people do: reviewers and users."""
    response = requests.post(base + "/fake" + path, json=body, timeout=5)
    response.raise_for_status()
    return response.json() if response.content else None


client = WeChatClient(appid, secret)
client._http.mount(WECHAT, Here())

card_id = client.card.create({"card": {"card_type": "GROUPON", "groupon": {
    "base_info": {
        "logo_url": "http://mmbiz.qpic.cn/mmbiz/maple0example0logo0picture/0",
        "code_type": "CODE_TYPE_TEXT",
        "brand_name": "青禾茶室",
        "title": "双人下午茶",
        "color": "Color010",
        "notice": "请出示",
        "description": "每桌限用一张",
        "date_info": {"type": "DATE_TYPE_FIX_TERM", "fixed_term": 15, "fixed_begin_term": 0},
        "sku": {"quantity": 10},
    },
    "deal_detail": "任选一款茶",
}}})
assert client.card.batch_get()["card_id_list"] == [card_id]
assert client.card.get(card_id)["groupon"]["base_info"]["title"] == "双人下午茶"

control("/cards/review", {"card_id": card_id, "verdict": "approve"})
code = control("/cards/claim", {"card_id": card_id, "openid": "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf"})["code"]

found = client.card.get_code(code)
assert found["can_consume"] and found["card"]["card_id"] == card_id, found
redeemed = client.card.consume_code(code)
assert redeemed["openid"] == "oX2gTjm7Kd5QwZr3Vb8sLnAc0eYf", redeemed
try:
    client.card.consume_code(code)
except WeChatClientException as error:
    assert error.errcode == 40099, error
else:
    sys.exit("a code was redeemed twice")

# A token that has ended is fetched anew, as the real one makes a client do.
requests.post(base + "/fake/tokens/expire", timeout=5).raise_for_status()
assert client.card.get_code(code, check_consume=False)["user_card_status"] == "CONSUMED"
print("wechatpy redeemed a coupon")
